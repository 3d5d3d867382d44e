package dev.carafe.build.steps;

import dev.carafe.build.check.Finding;
import org.jspecify.annotations.Nullable;

/// Told what each step does while it does it, with stages side by side. Thread-safe. Where {@link
/// BuildOutput} is the classic builder's text, this is for displays that know steps.
public interface BuildWatcher {
    BuildWatcher NONE = new BuildWatcher() {};

    default void begins(BuildStep step) {}

    /// Output of the step's command, as it comes. The array must not be kept.
    default void writes(BuildStep step, byte[] bytes, int offset, int length) {}

    /// @param cached nothing had to be done
    /// @param error null when it went well
    default void ends(BuildStep step, boolean cached, @Nullable RuntimeException error) {}

    /// Told of everything that the build takes from elsewhere, maybe several times.
    default void uses(Material material) {}

    /// Something that the client should know, about the whole build.
    default void warns(String text) {}

    /// What a check of the Dockerfile found.
    ///
    /// @param name of the Dockerfile
    /// @param content of the Dockerfile
    default void finds(Finding finding, String name, String content) {
        warns(finding.text());
    }
}
