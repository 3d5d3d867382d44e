/// The command line, a client of the API.
@NullMarked
package dev.carafe.cli;

import org.jspecify.annotations.NullMarked;
