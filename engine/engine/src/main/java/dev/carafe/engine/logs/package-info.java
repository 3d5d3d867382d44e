/// Container logs: written exactly once, also across a crash of the engine, and read back.
///
/// Belongs here: Docker's json-file format and the journal that makes it exactly-once. Does not
/// belong here: reading the container's pipes (`streams`). Start with {@link
/// dev.carafe.engine.logs.LogQuery}.
@NullMarked
package dev.carafe.engine.logs;

import org.jspecify.annotations.NullMarked;
