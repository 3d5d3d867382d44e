package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.oci.runtime.Spec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A container to make.
///
/// @param id used in names only
/// @param spec `root.path` is not looked at: `root` counts; `linux.cgroupsPath` and
///   `linux.resources` are applied here
/// @param root the caller's; its descriptor may be closed after `create`
/// @param netns network namespace to join, instead of what the spec says; null to do what the spec
///   says. Stays the caller's
/// @param runDir an empty directory for this container, made by the caller and kept until it is
///   deleted; does not survive a reboot
public record CreateRequest(
        String id,
        Spec spec,
        RootFilesystem root,
        StdioRequest stdio,
        @Nullable Fd netns,
        Path runDir) {}
