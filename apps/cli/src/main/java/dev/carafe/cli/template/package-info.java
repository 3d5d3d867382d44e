/// Go's text/template, as far as `--format` needs it, which is nearly all of it.
///
/// {@link dev.carafe.cli.template.Template} parses and executes. Lexer -> tokens -> {@link
/// dev.carafe.cli.template.TemplateParser} -> nodes ({@link dev.carafe.cli.template.Statement},
/// {@link dev.carafe.cli.template.Operand}) which execute themselves against a {@link
/// dev.carafe.cli.template.Scope}. Values are those of package `json` plus {@link
/// dev.carafe.cli.template.GoStruct}, {@link dev.carafe.cli.template.GoMap} and {@link
/// dev.carafe.cli.template.GoNil}, which keep apart what JSON can't. Error sentences are Go's, with
/// the position, since scripts see them.
///
/// Not here: what the fields of a command's rows are (package `command`).
@NullMarked
package dev.carafe.cli.template;

import org.jspecify.annotations.NullMarked;
