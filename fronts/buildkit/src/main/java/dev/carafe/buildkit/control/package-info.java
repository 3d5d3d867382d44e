/// BuildKit's services as clients call them: builds are asked for, watched, returned.
///
/// Start with {@link dev.carafe.buildkit.control.ControlService}; a client's build comes as an
/// empty `Control.Solve` that stays open, and as `LLBBridge` calls that name it.
@NullMarked
package dev.carafe.buildkit.control;

import org.jspecify.annotations.NullMarked;
