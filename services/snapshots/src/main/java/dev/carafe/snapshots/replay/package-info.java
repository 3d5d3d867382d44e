/// The record from which a layer's exact tar stream is made again out of its unpacked files.
///
/// The record holds everything of the stream that is not the data of a file (headers, padding, the
/// end), and in its place the names of the files. It is some hundred times smaller than the layer.
/// Start with {@link dev.carafe.snapshots.replay.LayerRecord}.
@NullMarked
package dev.carafe.snapshots.replay;

import org.jspecify.annotations.NullMarked;
