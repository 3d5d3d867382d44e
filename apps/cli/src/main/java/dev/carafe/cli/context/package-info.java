/// Build contexts as tar streams.
///
/// Start with {@link dev.carafe.cli.context.ContextFolder}.
@NullMarked
package dev.carafe.cli.context;

import org.jspecify.annotations.NullMarked;
