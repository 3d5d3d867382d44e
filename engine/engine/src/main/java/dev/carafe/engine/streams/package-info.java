/// A process' output and input on their way between the kernel and attached clients.
///
/// Belongs here: pumps, fan-out with bounded queues, detach keys. Does not belong here: Docker's
/// frame headers (fronts), the log's format (`logs`). Start with {@link
/// dev.carafe.engine.streams.AttachSession}.
@NullMarked
package dev.carafe.engine.streams;

import org.jspecify.annotations.NullMarked;
