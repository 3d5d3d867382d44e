/// The client of a build as a server: files, secrets, agents and logins that are asked of it over
/// the connection that it opened (`POST /session`).
///
/// Start with {@link dev.carafe.buildkit.session.Sessions}.
@NullMarked
package dev.carafe.buildkit.session;

import org.jspecify.annotations.NullMarked;
