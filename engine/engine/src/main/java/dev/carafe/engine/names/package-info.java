/// Names for containers: random ones, and what a name may look like.
///
/// Belongs here: the word lists and the grammar. Does not belong here: who has which name
/// (`container`).
@NullMarked
package dev.carafe.engine.names;

import org.jspecify.annotations.NullMarked;
