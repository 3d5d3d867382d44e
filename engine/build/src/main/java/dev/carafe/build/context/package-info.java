/// The build context: a tar, a Dockerfile or a URL, brought safely to disk.
///
/// Start with {@link dev.carafe.build.context.ContextSpool}.
@NullMarked
package dev.carafe.build.context;

import org.jspecify.annotations.NullMarked;
