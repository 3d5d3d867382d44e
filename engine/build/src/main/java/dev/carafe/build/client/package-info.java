/// What the client of one build gives while the build runs: secrets, agents, logins, more contexts.
///
/// Start with {@link dev.carafe.build.client.BuildClient}; the fronts implement it.
@NullMarked
package dev.carafe.build.client;

import org.jspecify.annotations.NullMarked;
