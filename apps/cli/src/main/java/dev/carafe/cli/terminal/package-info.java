/// The user's terminal: is there one, how large is it, raw mode, signals.
///
/// No native code: `stty` does the work, and only for commands with a terminal (`-t`), where its
/// milliseconds do not matter.
@NullMarked
package dev.carafe.cli.terminal;

import org.jspecify.annotations.NullMarked;
