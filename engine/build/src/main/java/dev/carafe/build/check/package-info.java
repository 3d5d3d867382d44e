/// The build checks (Docker's "Build checks" reference): what a Dockerfile would better not do,
/// found without building anything. Pure functions.
///
/// Start with {@link dev.carafe.build.check.DockerfileChecks}.
@NullMarked
package dev.carafe.build.check;

import org.jspecify.annotations.NullMarked;
