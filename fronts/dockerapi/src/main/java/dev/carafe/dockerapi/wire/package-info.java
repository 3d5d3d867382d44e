/// From the engine's records to the JSON of the Engine API and back, shaped for the version that
/// the client asked for: defaults, null against empty, Docker's words and booleans. Pure functions.
///
/// Start at {@link dev.carafe.dockerapi.wire.InspectWire}.
@NullMarked
package dev.carafe.dockerapi.wire;

import org.jspecify.annotations.NullMarked;
