/// Containers, exec, logs, events: one use-case class per verb.
@NullMarked
package dev.carafe.engine;

import org.jspecify.annotations.NullMarked;
