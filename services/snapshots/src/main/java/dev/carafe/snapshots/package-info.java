/// Layers on disk and writable roots over them.
@NullMarked
package dev.carafe.snapshots;

import org.jspecify.annotations.NullMarked;
