package dev.carafe.build.solve;

import dev.carafe.build.steps.StepSpec.StepLimits;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client asks of one build.
///
/// @param target stage name or number; null for the last
/// @param buildArgs values may be null: no value
/// @param labels for the image
/// @param network of RUN steps
/// @param noCache run every step
/// @param noCacheStages names of stages, in lower case, whose every step is run
/// @param cacheFrom images whose steps alone may stand in for steps, as the classic builder has it;
///   empty for the whole cache
/// @param pull ask the registry for newer base images
/// @param remove remove the containers of steps that went well
/// @param forceRemove remove the containers of steps that failed, too
/// @param platform of the image; null for this machine's
/// @param oneOfSeveral whether the same is built for other platforms, too: then steps are named
///   with theirs
/// @param buildKitForm whether configurations are written as BuildKit does it: what begins from
///   scratch works in `/`, and an empty CMD is none; else as the classic builder does
public record SolveOptions(
        @Nullable String target,
        Map<String, @Nullable String> buildArgs,
        Map<String, String> labels,
        String network,
        boolean noCache,
        Set<String> noCacheStages,
        List<String> cacheFrom,
        boolean pull,
        boolean remove,
        boolean forceRemove,
        @Nullable Platform platform,
        boolean oneOfSeveral,
        boolean buildKitForm,
        StepLimits limits) {
    /// Whether steps of a stage may be taken from a cache.
    ///
    /// @param name of the stage, null for none
    boolean caches(@Nullable String name) {
        return !noCache && (name == null || !noCacheStages.contains(name.toLowerCase(Locale.ROOT)));
    }

    /// The same for a platform.
    public SolveOptions on(Platform wanted) {
        return on(wanted, false);
    }

    public SolveOptions onOneOfSeveral(Platform wanted) {
        return on(wanted, true);
    }

    private SolveOptions on(Platform wanted, boolean several) {
        return new SolveOptions(
                target,
                buildArgs,
                labels,
                network,
                noCache,
                noCacheStages,
                cacheFrom,
                pull,
                remove,
                forceRemove,
                wanted,
                several,
                buildKitForm,
                limits);
    }

    /// The name that RUN steps have for their machine; empty for one of each step's own.
    public String hostname() {
        String value = buildArgs.get("BUILDKIT_SANDBOX_HOSTNAME");
        return value == null ? "" : value;
    }

    /// Whether `.git` is part of a context that comes from a repository.
    public boolean keepsGitDir() {
        String value = buildArgs.get("BUILDKIT_CONTEXT_KEEP_GIT_DIR");
        return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
    }
}
