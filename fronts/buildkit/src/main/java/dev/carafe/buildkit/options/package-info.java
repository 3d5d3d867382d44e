/// A front end's options, texts by names, as what a build is asked for.
@NullMarked
package dev.carafe.buildkit.options;

import org.jspecify.annotations.NullMarked;
