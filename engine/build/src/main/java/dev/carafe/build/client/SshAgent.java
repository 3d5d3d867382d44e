package dev.carafe.build.client;

import java.nio.file.Path;

/// A unix socket that leads to an agent of the client's, until it is closed.
public interface SshAgent extends AutoCloseable {
    Path socket();

    @Override
    void close();
}
