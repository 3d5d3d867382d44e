/// OCI runtime verbs: a Spec compiled to a launch plan.
@NullMarked
package dev.carafe.runtime;

import org.jspecify.annotations.NullMarked;
