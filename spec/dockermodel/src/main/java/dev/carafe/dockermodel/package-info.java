/// The JSON of the Docker Engine API as Java types: one type a message, field names exactly as Go
/// writes them, nothing that does I/O or knows a rule of the engine.
///
/// Requests of many optional fields and big answers are mutable classes with public fields; all
/// else is records. A null is left out of the JSON, except in the fields marked with an `...OrNull`
/// serializer, which dockerd writes as `null` and strict clients expect. Names are read in any
/// case, as Go does.
///
/// Start at {@link dev.carafe.dockermodel.DockerJson}, the codec.
@NullMarked
package dev.carafe.dockermodel;

import org.jspecify.annotations.NullMarked;
