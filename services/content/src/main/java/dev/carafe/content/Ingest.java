package dev.carafe.content;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A blob on its way in: write the bytes, then {@link #commit}. Closing without a commit throws the
/// bytes away. Not thread-safe; writes are unbuffered, so write pieces of some kilobytes.
public final class Ingest extends OutputStream {
    private static final int PIECE = 128 << 10;

    private final ContentStore store;
    private final @Nullable Lease lease;
    private final Path temp;
    private final FileChannel channel;
    private final Digest.Hasher hasher = Digest.sha256();
    private long size;
    private boolean done;

    Ingest(ContentStore store, @Nullable Lease lease, Path temp) {
        this.store = store;
        this.lease = lease;
        this.temp = temp;
        try {
            this.channel = FileChannel.open(temp, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Disk.failed("begin a blob", e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        hasher.update(bytes, offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        size += length;
    }

    /// How many bytes were written.
    public long size() {
        return size;
    }

    /// Makes what was written a blob and returns its sha256 digest when it is on the disk. The
    /// ingest is closed.
    ///
    /// @param expected when given, bytes with another digest are thrown away; one of another
    ///   algorithm than sha256 has them read again
    /// @throws InvalidArgument when the digest is not the expected one
    /// @throws dev.carafe.base.ResourceExhausted when the disk is full
    public Digest commit(@Nullable Digest expected) {
        Digest digest =
                expected == null || expected.algorithm().equals("sha256")
                        ? hasher.digest()
                        : summed(expected.hasher());
        if (expected != null && !expected.equals(digest)) {
            close();
            throw new InvalidArgument(
                    new Subject("blob", expected.toString()),
                    "unexpected commit digest " + digest + ", expected " + expected);
        }
        try {
            channel.force(true);
            channel.close();
            store.adopt(temp, digest, lease);
            done = true;
            return digest;
        } catch (IOException e) {
            throw Disk.failed("store blob " + digest, e);
        } finally {
            close();
        }
    }

    private Digest summed(Digest.Hasher other) {
        try (InputStream in = Files.newInputStream(temp)) {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                other.update(piece, 0, n);
            }
            return other.digest();
        } catch (IOException e) {
            throw Disk.failed("read a new blob", e);
        }
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            channel.close();
            Files.deleteIfExists(temp);
        } catch (IOException e) {
            throw Disk.failed("throw a blob away", e);
        }
    }
}
