/// Devices by the Container Device Interface: specifications in folders of the host name devices
/// and say what a container needs to use them (device nodes, mounts, variables, hooks). Belongs
/// here: reading them, and editing a runtime spec. Does not belong here: running hooks (`runtime`).
/// Start with {@link dev.carafe.engine.cdi.CdiDevices}.
@NullMarked
package dev.carafe.engine.cdi;

import org.jspecify.annotations.NullMarked;
