/// Where a build's result goes: the image store, registries, the client's files.
///
/// Start with {@link dev.carafe.buildkit.export.Exports}.
@NullMarked
package dev.carafe.buildkit.export;

import org.jspecify.annotations.NullMarked;
