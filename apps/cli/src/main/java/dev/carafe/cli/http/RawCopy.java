package dev.carafe.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Bytes through a connection as they are.
public final class RawCopy {
    private RawCopy() {}

    /// Copies in both directions until the connection's other side ends; the end of `in` ends our
    /// side of the connection.
    public static void both(HttpConnection connection, InputStream in, OutputStream out)
            throws IOException {
        Thread up = new Thread(() -> send(connection, in), "stdin");
        up.setDaemon(true);
        up.start();
        byte[] buffer = new byte[64 * 1024];
        for (int n = connection.readRaw(buffer, 0, buffer.length);
                n >= 0;
                n = connection.readRaw(buffer, 0, buffer.length)) {
            out.write(buffer, 0, n);
            out.flush();
        }
        connection.close();
    }

    private static void send(HttpConnection connection, InputStream in) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int n = in.read(buffer, 0, buffer.length);
                    n >= 0;
                    n = in.read(buffer, 0, buffer.length)) {
                connection.write(buffer, 0, n);
            }
            connection.shutdownOutput();
        } catch (IOException e) {
            // the other direction tells the end
        }
    }
}
