/// The seam between routes and whatever server carries them: exchanges, raw streams, routing,
/// versions.
///
/// Belongs here: what any HTTP server can give, and rules of Docker's HTTP that hold for every
/// route (version prefix, boolean queries, error bodies). Does not belong here: Jetty (package
/// `jetty`), any verb (package `routes`).
///
/// Start at {@link dev.carafe.dockerapi.http.Exchange} and {@link
/// dev.carafe.dockerapi.http.Router}.
@NullMarked
package dev.carafe.dockerapi.http;

import org.jspecify.annotations.NullMarked;
