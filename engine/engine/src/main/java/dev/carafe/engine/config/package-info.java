/// What a client asks of a container, as plain records; also the shape in which it is stored.
///
/// Belongs here: data and its defaults. Does not belong here: Docker's JSON names (fronts), what
/// the kernel is told (`spec`). Start with {@link dev.carafe.engine.config.ContainerConfig} and
/// {@link dev.carafe.engine.config.HostConfig}.
@NullMarked
package dev.carafe.engine.config;

import org.jspecify.annotations.NullMarked;
