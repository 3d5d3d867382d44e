/// Tiny images, leak checks, fakes, golden files.
@NullMarked
package dev.carafe.testkit;

import org.jspecify.annotations.NullMarked;
