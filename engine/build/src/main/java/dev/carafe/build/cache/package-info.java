/// The build cache: what a step made, by what it was made from.
///
/// One small JSON file a step or cache mount, layers in `snapshots`, kept there by `images`.
/// Survives a crash at any point: a record is written after its layer, and goes before it. Start
/// with {@link dev.carafe.build.cache.BuildCache}.
@NullMarked
package dev.carafe.build.cache;

import org.jspecify.annotations.NullMarked;
