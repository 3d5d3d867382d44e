/// The program `carafe daemon`: reads its configuration, wires the engine to the API, and obeys
/// signals.
///
/// Belongs here: files and sockets of the daemon itself (locks, pid file, socket files), the order
/// of starting and ending. Does not belong here: options' names (`options`), the log's form
/// (`log`), anything about containers.
///
/// Start at {@link dev.carafe.daemon.Main} and {@link dev.carafe.daemon.Daemon}.
@NullMarked
package dev.carafe.daemon;

import org.jspecify.annotations.NullMarked;
