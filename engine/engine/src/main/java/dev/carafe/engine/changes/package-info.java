/// What containers changed in their file system.
///
/// Here: which paths are the engine's own doing. Not here: comparing directories, which is the
/// snapshots room's. Start with {@link dev.carafe.engine.changes.MadePlaces}.
@NullMarked
package dev.carafe.engine.changes;

import org.jspecify.annotations.NullMarked;
