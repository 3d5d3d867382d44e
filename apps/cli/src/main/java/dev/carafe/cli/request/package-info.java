/// From the flags of `run`, `create` and `exec` to the JSON of the Engine API.
///
/// {@link dev.carafe.cli.request.CreateRequest} assembles the body of `POST /containers/create`;
/// the other classes each know one family of flags: ports, volumes, mounts, networks, devices,
/// limits, health. Only what the user said is sent; the daemon knows the defaults.
///
/// Not here: how a single value is spelled (package `flags`), sending (package `session`).
@NullMarked
package dev.carafe.cli.request;

import org.jspecify.annotations.NullMarked;
