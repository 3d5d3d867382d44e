package dev.carafe.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A temporary file with one writer and then any number of readers; gone when closed, or at the
/// next open of the store. Never synced: what is in it is lost with the power.
public final class Spool implements AutoCloseable {
    private final Path file;

    Spool(Path file) {
        this.file = file;
    }

    /// The stream to fill it. The caller closes it before reading.
    public OutputStream writer() throws IOException {
        return Files.newOutputStream(
                file, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /// The content from its start. The caller closes the stream.
    public InputStream reader() throws IOException {
        return Files.newInputStream(file);
    }

    public long size() throws IOException {
        return Files.size(file);
    }

    Path detach() {
        return file;
    }

    /// Removes the file; streams that are open go on reading.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Disk.failed("remove a temporary file", e);
        }
    }
}
