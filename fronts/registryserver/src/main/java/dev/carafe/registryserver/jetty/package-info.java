/// HTTP by Jetty; nothing else of this room sees it. Start at {@link HttpServer}.
@NullMarked
package dev.carafe.registryserver.jetty;

import org.jspecify.annotations.NullMarked;
