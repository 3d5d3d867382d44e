/// A small HTTP/1.1 client for the Engine API: unix sockets, TCP, TLS and ssh, chunked bodies both
/// ways, connections taken over (hijacked) for streams, half-close.
///
/// The JDK's own client speaks no unix sockets and costs a command more time than all else
/// together. One {@link dev.carafe.cli.http.HttpConnection} carries one request at a time and is
/// kept for the next when the answer was read to its end.
///
/// Not here: what the API means (package `session`), where the daemon is. Start at {@link
/// dev.carafe.cli.http.HttpConnection}.
@NullMarked
package dev.carafe.cli.http;

import org.jspecify.annotations.NullMarked;
