/// Images from Dockerfiles.
///
/// A build is a Dockerfile, a context and a request; {@link dev.carafe.build.BuildImage} makes an
/// image of them. `dockerfile` reads, `solve` does, `files` copies, `cache` remembers; `steps` is
/// the interface that the engine implements. Does not belong here: HTTP (fronts), containers
/// (`engine`).
@NullMarked
package dev.carafe.build;

import org.jspecify.annotations.NullMarked;
