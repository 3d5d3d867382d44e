/// Containers and execs as they are at one moment: immutable records for readers.
///
/// Belongs here: data that fronts read. Does not belong here: the owners that change it
/// (`container`), Docker's JSON. Start with {@link dev.carafe.engine.view.ContainerView}.
@NullMarked
package dev.carafe.engine.view;

import org.jspecify.annotations.NullMarked;
