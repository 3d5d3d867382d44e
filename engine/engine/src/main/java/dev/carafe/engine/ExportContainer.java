package dev.carafe.engine;

import java.io.OutputStream;

/// Writes a container's whole file tree as a tar. Engine API GET /containers/{id}/export.
public final class ExportContainer {
    public void export(String ref, OutputStream tar) {
        throw new UnsupportedOperationException();
    }
}
