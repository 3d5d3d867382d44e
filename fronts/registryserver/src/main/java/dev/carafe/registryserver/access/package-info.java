/// Who may ask: users and passwords. Start at {@link Htpasswd}.
@NullMarked
package dev.carafe.registryserver.access;

import org.jspecify.annotations.NullMarked;
