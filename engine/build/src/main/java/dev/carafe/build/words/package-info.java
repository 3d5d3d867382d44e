/// Words of a Dockerfile: quotes, escapes, variables, patterns, hints for misspelled names.
///
/// Belongs here: everything about one line's text (Dockerfile reference, "Environment
/// replacement"). Does not belong here: what an instruction means. Pure; start with {@link
/// dev.carafe.build.words.Lexer}.
@NullMarked
package dev.carafe.build.words;

import org.jspecify.annotations.NullMarked;
