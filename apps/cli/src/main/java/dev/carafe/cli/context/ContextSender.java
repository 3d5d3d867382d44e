package dev.carafe.cli.context;

import dev.carafe.cli.session.Failure;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Sends of a context only what the daemon lacks (`POST /build/context`, upgraded): the listing;
/// the daemon answers with the places in it of the files that it wants; their contents follow in
/// that order, each as long as the listing says; the daemon answers that all is there. All numbers
/// are big-endian; an answer begins with 0, or with 1 and the reason (int length, bytes) of a
/// refusal.
public final class ContextSender {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 16;

    private ContextSender() {}

    /// @throws Failure when the daemon refuses a file
    /// @throws IOException when a file can't be read, or the connection breaks
    public static void send(ContextListing listing, InputStream from, OutputStream to)
            throws IOException {
        DataInputStream in = new DataInputStream(from);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, BUFFER));
        listing.write(out);
        out.flush();
        accepted(in);
        int[] wanted = new int[in.readInt()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = in.readInt();
        }
        for (int index : wanted) {
            listing.content(index, out);
        }
        out.flush();
        accepted(in);
    }

    private static void accepted(DataInputStream in) throws IOException {
        try {
            if (in.readByte() != 0) {
                byte[] reason = in.readNBytes(Math.clamp(in.readInt(), 0, LONGEST));
                throw new Failure(
                        "the daemon did not take the context: "
                                + new String(reason, StandardCharsets.UTF_8));
            }
        } catch (EOFException e) {
            throw new IOException("the daemon ended the connection while the context was sent", e);
        }
    }
}
