/// TLS for the daemon's TCP sockets from PEM files, as dockerd takes them.
///
/// Start at {@link dev.carafe.daemon.tls.TlsFiles}.
@NullMarked
package dev.carafe.daemon.tls;

import org.jspecify.annotations.NullMarked;
