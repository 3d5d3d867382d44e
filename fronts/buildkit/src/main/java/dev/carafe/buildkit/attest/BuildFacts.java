package dev.carafe.buildkit.attest;

import dev.carafe.build.steps.Material;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is known of a build that has ended.
///
/// @param ref its id
/// @param attrs as the client gave them to the front end
/// @param materials what the result was made of
/// @param dockerfile its name
/// @param text of the Dockerfile
public record BuildFacts(
        String ref,
        Instant started,
        Instant finished,
        Map<String, String> attrs,
        List<Material> materials,
        String dockerfile,
        String text) {
    public BuildFacts {
        attrs = Map.copyOf(attrs);
        materials = List.copyOf(materials);
    }

    /// The same for one of the build's results.
    ///
    /// @param more what that one alone was made of
    public BuildFacts with(List<Material> more) {
        Set<Material> all = new LinkedHashSet<>(materials);
        all.addAll(more);
        return new BuildFacts(
                ref, started, finished, attrs, new ArrayList<>(all), dockerfile, text);
    }
}
