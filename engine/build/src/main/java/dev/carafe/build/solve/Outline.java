package dev.carafe.build.solve;

import dev.carafe.build.dockerfile.Source;
import java.util.List;

/// What a target of a Dockerfile can be given, without building it (`docker build --call=outline`).
/// All lists are in the order of the file's lines.
///
/// @param name of the target, empty for one without a name
/// @param description from the comment above, empty for none
/// @param agents ssh agents
public record Outline(
        String name,
        String description,
        List<Argument> arguments,
        List<Need> secrets,
        List<Need> agents) {
    public Outline {
        arguments = List.copyOf(arguments);
        secrets = List.copyOf(secrets);
        agents = List.copyOf(agents);
    }

    /// A build argument.
    ///
    /// @param value that it has in this build, empty for none
    /// @param source the ARG that declares it
    public record Argument(String name, String description, String value, Source source) {}

    /// What a RUN step wants of the client.
    public record Need(String name, boolean required, Source source) {}
}
