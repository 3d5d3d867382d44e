/// Patterns of paths, as Docker writes them: `*.java`, `docs/**/*.md`, `!keep`.
///
/// Belongs here: matching text with text; used at both ends, where a context is sent and where it
/// is built. Does not belong here: walking directories. Start with {@link
/// dev.carafe.base.glob.IgnoreRules}.
@NullMarked
package dev.carafe.base.glob;

import org.jspecify.annotations.NullMarked;
