/// BuildKit's gRPC services: the door for `docker buildx` and all that build as it does.
///
/// {@link dev.carafe.buildkit.BuildKit} takes connections; `control` is what clients call,
/// `session` what we call at clients, `progress` what they are told, `export` where results go. The
/// wire's records stay in this room; `engine/build` does the building.
@NullMarked
package dev.carafe.buildkit;

import org.jspecify.annotations.NullMarked;
