/// How things look on a terminal: columns, ages, sizes, shortened texts. Pure functions, in
/// Docker's notation.
///
/// Not here: which columns a command has (package `command`).
@NullMarked
package dev.carafe.cli.text;

import org.jspecify.annotations.NullMarked;
