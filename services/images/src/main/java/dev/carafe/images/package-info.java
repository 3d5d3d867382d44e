/// Images: what they are called, what they consist of, how they come in and go out.
///
/// An image is its configuration blob (whose digest is its id), the layers that this names, and any
/// number of names. Small documents lie in `content` byte for byte; layers lie unpacked in
/// `snapshots` and are turned back into the very same tar streams when an image is saved. Names and
/// image records are plain JSON files of this room. Not here: talking to registries (`registry`),
/// whiteouts and tar entries of layers (`snapshots`), HTTP (`dockerapi`). Start at {@link
/// ImageStore}; then the verbs {@link LoadImages}, {@link SaveImages}, {@link ImportImage}, {@link
/// ImageHistory}.
@NullMarked
package dev.carafe.images;

import org.jspecify.annotations.NullMarked;
