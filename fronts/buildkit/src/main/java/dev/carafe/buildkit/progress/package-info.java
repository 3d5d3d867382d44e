/// What a client is told of a build while it runs, and of its failure.
@NullMarked
package dev.carafe.buildkit.progress;

import org.jspecify.annotations.NullMarked;
