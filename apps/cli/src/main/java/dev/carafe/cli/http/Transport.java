package dev.carafe.cli.http;

import java.io.Closeable;
import java.io.IOException;

/// A byte stream in both directions. One thread may read while another writes.
public interface Transport extends Closeable {
    /// @return how many bytes were read, at least 1, or -1 at the end
    int read(byte[] buffer, int offset, int length) throws IOException;

    /// Writes all.
    void write(byte[] buffer, int offset, int length) throws IOException;

    /// Tells the other side that nothing more comes; reading goes on.
    void shutdownOutput() throws IOException;

    @Override
    void close() throws IOException;
}
