/// What building needs from elsewhere, and what it tells on the way: the interface between `engine`
/// and `build`, which this room owns.
///
/// Start with {@link dev.carafe.build.steps.StepRunner}.
@NullMarked
package dev.carafe.build.steps;

import org.jspecify.annotations.NullMarked;
