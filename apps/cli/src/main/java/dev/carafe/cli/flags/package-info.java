/// Command-line flags as Go's pflag understands them, and Cobra's sentences when they are wrong.
///
/// A command owns an array of {@link dev.carafe.cli.flags.Flag}; {@link
/// dev.carafe.cli.flags.FlagParser} turns arguments into {@link dev.carafe.cli.flags.Parsed}.
/// Values are checked while parsing (type {@link dev.carafe.cli.flags.FlagType}, functions in
/// {@link dev.carafe.cli.flags.Values}), so that a wrong value is told with the flag's name.
///
/// Belongs here: syntax of flags and of single values. Not here: what the flags of a command mean
/// together (package `request`).
@NullMarked
package dev.carafe.cli.flags;

import org.jspecify.annotations.NullMarked;
