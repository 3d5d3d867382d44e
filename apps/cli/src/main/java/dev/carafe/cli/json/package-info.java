/// JSON as plain Java values, for the command line.
///
/// Values are {@link dev.carafe.cli.json.JsonObject}, `List<Object>`, `String`, `Long`,
/// `java.math.BigInteger` (whole numbers above a long), `Double`, `Boolean` and null. Objects keep
/// the order of their keys, whole numbers stay whole. Small on purpose: it is on the start-up path
/// of each command.
///
/// Belongs here: reading and writing text. Not here: what a document means. Start at {@link
/// dev.carafe.cli.json.Json}.
@NullMarked
package dev.carafe.cli.json;

import org.jspecify.annotations.NullMarked;
