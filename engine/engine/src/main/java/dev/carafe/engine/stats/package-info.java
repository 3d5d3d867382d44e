/// What containers use of the machine, read from their cgroups and from /proc: samples, no rates
/// (clients form differences of two).
///
/// Start at {@link dev.carafe.engine.stats.StatsReader}. What a figure is called on the wire is
/// `dockerapi`'s business.
@NullMarked
package dev.carafe.engine.stats;

import org.jspecify.annotations.NullMarked;
