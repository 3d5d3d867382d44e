/// gRPC over streams that were HTTP/1.1 connections before: sockets that are not, for gRPC's
/// transport to be content.
@NullMarked
package dev.carafe.buildkit.transport;

import org.jspecify.annotations.NullMarked;
