/// The server's side of RFC 6455, as much as a byte stream both ways needs.
///
/// Belongs here: opening, frames. Does not belong here: what goes through it (`routes`). Start with
/// {@link dev.carafe.dockerapi.websocket.WebSocket}.
@NullMarked
package dev.carafe.dockerapi.websocket;

import org.jspecify.annotations.NullMarked;
