package dev.carafe.engine.spec;

import java.util.List;

/// What the spec depends on of this machine and engine.
///
/// @param capabilities all that the engine can give, in the kernel's order
/// @param cgroupV2 unified hierarchy
/// @param cgroupParent `/docker`
/// @param maskedPaths default list for this machine
public record HostFacts(
        List<String> capabilities,
        boolean cgroupV2,
        String cgroupParent,
        List<String> maskedPaths) {

    public static HostFacts of(List<String> capabilities, boolean cgroupV2, String cgroupParent) {
        return new HostFacts(capabilities, cgroupV2, cgroupParent, SystemPaths.masked());
    }
}
