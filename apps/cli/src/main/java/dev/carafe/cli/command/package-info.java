/// The commands, one class each, and the tables that name them.
///
/// {@link dev.carafe.cli.command.CommandLine} runs one: options before the command, then {@link
/// dev.carafe.cli.command.Catalog} finds the {@link dev.carafe.cli.command.Command}, whose flags
/// parse the rest. The same tables make help, completion and the completeness test.
///
/// To add a command: a class that extends `Command`, its name in `Catalog`. Not here: spelling of
/// flags (`flags`), request bodies (`request`), talking to the daemon (`session`).
@NullMarked
package dev.carafe.cli.command;

import org.jspecify.annotations.NullMarked;
