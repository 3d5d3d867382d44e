/// What the daemon tells the API about itself.
@NullMarked
package dev.carafe.dockerapi.config;

import org.jspecify.annotations.NullMarked;
