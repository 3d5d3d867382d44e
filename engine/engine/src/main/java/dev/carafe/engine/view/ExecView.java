package dev.carafe.engine.view;

import dev.carafe.engine.config.ExecConfig;
import org.jspecify.annotations.Nullable;

/// One exec at one moment.
///
/// @param exitCode null until it ended
/// @param pid 0 before it started
public record ExecView(
        String id,
        String containerId,
        ExecConfig config,
        boolean running,
        @Nullable Integer exitCode,
        int pid) {}
