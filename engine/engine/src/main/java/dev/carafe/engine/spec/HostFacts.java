package dev.carafe.engine.spec;

import dev.carafe.engine.config.ContainerDefaults;
import java.nio.file.Path;
import java.util.List;

/// What the spec depends on of this machine and engine.
///
/// @param capabilities all that the engine can give, in the kernel's order
/// @param cgroupV2 unified hierarchy
/// @param cgroupParent `/docker`
/// @param maskedPaths default list for this machine
/// @param init the program of `--init`
/// @param defaults of this engine
public record HostFacts(
        List<String> capabilities,
        boolean cgroupV2,
        String cgroupParent,
        List<String> maskedPaths,
        Path init,
        ContainerDefaults defaults) {

    public static HostFacts of(
            List<String> capabilities,
            boolean cgroupV2,
            String cgroupParent,
            Path init,
            ContainerDefaults defaults) {
        return new HostFacts(
                capabilities, cgroupV2, cgroupParent, SystemPaths.masked(), init, defaults);
    }
}
