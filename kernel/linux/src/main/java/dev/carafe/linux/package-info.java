/// System calls and the kernel interfaces built on them.
@NullMarked
package dev.carafe.linux;

import org.jspecify.annotations.NullMarked;
