package dev.carafe.runtime.steps;

import dev.carafe.linux.Capabilities;
import dev.carafe.linux.Kernel;

/// What plans need to know of the running kernel.
///
/// @param closeRange close_range(2), since Linux 5.9
/// @param mountSetattr mount_setattr(2), since Linux 5.12
/// @param lastCapability the highest one the kernel knows
/// @param bounding capabilities that this process may give away
public record KernelFacts(
        boolean closeRange, boolean mountSetattr, int lastCapability, long bounding) {
    public static KernelFacts probe() {
        return new KernelFacts(
                Kernel.has(Kernel.Feature.CLOSE_RANGE),
                Kernel.has(Kernel.Feature.MOUNT_SETATTR),
                Capabilities.last(),
                Capabilities.bounding());
    }
}
