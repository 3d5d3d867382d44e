/// The tables of contents that image archives carry, docker's and OCI's, as records. Start at
/// {@link DockerManifestEntry}.
@NullMarked
package dev.carafe.images.format;

import org.jspecify.annotations.NullMarked;
