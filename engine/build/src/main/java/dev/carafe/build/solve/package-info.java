/// Does what a Dockerfile says, instruction by instruction.
///
/// Stages that the target needs run side by side, each in its own thread, and wait for each other
/// only where one uses another. Start with {@link dev.carafe.build.solve.Solver}; {@link
/// dev.carafe.build.solve.StageSolver} has one case an instruction.
@NullMarked
package dev.carafe.build.solve;

import org.jspecify.annotations.NullMarked;
