/// What a front end answers without building: checks, the targets of a Dockerfile.
@NullMarked
package dev.carafe.buildkit.answers;

import org.jspecify.annotations.NullMarked;
