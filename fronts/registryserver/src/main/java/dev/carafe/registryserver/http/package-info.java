/// Requests and answers of one connection, and the errors that clients know. Start at {@link Call}.
@NullMarked
package dev.carafe.registryserver.http;

import org.jspecify.annotations.NullMarked;
