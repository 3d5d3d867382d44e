/// Processes as ps(1) shows them, read from /proc.
///
/// Belongs here: the columns and options of ps that clients use. Start with {@link
/// dev.carafe.engine.top.ProcessTable}.
@NullMarked
package dev.carafe.engine.top;

import org.jspecify.annotations.NullMarked;
