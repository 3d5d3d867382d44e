/// Jetty 12.1 core behind the seam of package `http`: connectors for unix sockets, TCP and TLS, and
/// exchanges on virtual threads. The only package that imports `org.eclipse.jetty`.
///
/// Start at {@link dev.carafe.dockerapi.jetty.JettyServer}.
@NullMarked
package dev.carafe.dockerapi.jetty;

import org.jspecify.annotations.NullMarked;
