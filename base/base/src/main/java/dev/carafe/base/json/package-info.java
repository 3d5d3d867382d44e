/// The streams that JSON is read and written by, where the library's own have a limit.
///
/// Codecs of all rooms stand on {@link dev.carafe.base.json.JsonText}; which names and types they
/// have is theirs.
@NullMarked
package dev.carafe.base.json;

import org.jspecify.annotations.NullMarked;
