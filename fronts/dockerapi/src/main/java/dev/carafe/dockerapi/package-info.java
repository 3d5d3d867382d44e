/// The Docker Engine API over HTTP: its sockets and what is served on them.
///
/// `http` is the seam to a server, `jetty` the server, `routes` the routes, `wire` the shapes of
/// answers for each version. Rules of containers and images are the engine's; here is only how
/// Docker's clients ask and what they read.
///
/// Start at {@link dev.carafe.dockerapi.DockerApi}; a request's way is `jetty.ExchangeHandler`,
/// `http.Front`, a route.
@NullMarked
package dev.carafe.dockerapi;

import org.jspecify.annotations.NullMarked;
