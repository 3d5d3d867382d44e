package dev.carafe.build.client;

import dev.carafe.build.context.BuildContext;

/// What stands behind a name of `--build-context`.
public sealed interface NamedContext {
    /// @param reference an image's name, in place of the one in the Dockerfile
    record OfImage(String reference) implements NamedContext {}

    /// Files of the client's or from elsewhere; they belong to the client, who closes them after
    /// the build.
    record OfFiles(BuildContext files) implements NamedContext {}
}
