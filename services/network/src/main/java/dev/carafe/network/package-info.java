/// Network drivers, address management, published ports.
@NullMarked
package dev.carafe.network;

import org.jspecify.annotations.NullMarked;
