package dev.carafe.snapshots.replay;

import dev.carafe.linux.RawText;
import dev.carafe.snapshots.tar.Fragment;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarReader.RawSink;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Writes the record of one stream while it is unpacked: a deflated sequence of
///
/// | byte | then | stands for |
/// |---|---|---|
/// | 1 | int length, bytes | these bytes |
/// | 2 | path, long size | all bytes of the file |
/// | 3 | path, int n, n times (long offset, long length) | pieces of the file |
/// | 4 | path, int name | nothing: the file at `path` so far is `name` among the displaced from here on |
/// | 0 | | the end |
///
/// A path is int length and bytes, numbers are big-endian. Not thread-safe.
public final class LayerRecord implements RawSink, AutoCloseable {
    static final int END = 0;
    static final int RAW = 1;
    static final int FILE = 2;
    static final int PIECES = 3;
    static final int MOVED = 4;

    private static final int LARGEST_RAW = 64 * 1024;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream deflated;
    private final DataOutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(LARGEST_RAW);
    private long rawBytes;

    /// Writes to `file`, which stays the caller's.
    public LayerRecord(OutputStream file) {
        this.deflated = new DeflaterOutputStream(file, deflater, 32 * 1024);
        this.out = new DataOutputStream(new BufferedOutputStream(deflated, 32 * 1024));
    }

    /// Bytes that {@link #raw} got so far.
    public long rawBytes() {
        return rawBytes;
    }

    @Override
    public void raw(byte[] bytes, int offset, int length) throws IOException {
        rawBytes += length;
        pending.write(bytes, offset, length);
        if (pending.size() >= LARGEST_RAW) {
            flush();
        }
    }

    /// The data of a file comes next in the stream.
    ///
    /// @param path below the layer's root, `usr/bin/x`
    public void file(String path, TarEntry entry) throws IOException {
        List<Fragment> pieces = entry.sparse();
        if (entry.storedSize() == 0) {
            return;
        }
        flush();
        out.writeByte(pieces == null ? FILE : PIECES);
        text(path);
        if (pieces == null) {
            out.writeLong(entry.size());
            return;
        }
        out.writeInt(pieces.size());
        for (Fragment piece : pieces) {
            out.writeLong(piece.offset());
            out.writeLong(piece.length());
        }
    }

    /// A file or directory gave way to a later entry.
    public void moved(String path, int name) throws IOException {
        flush();
        out.writeByte(MOVED);
        text(path);
        out.writeInt(name);
    }

    /// The stream has ended.
    public void finish() throws IOException {
        flush();
        out.writeByte(END);
        out.flush();
        deflated.finish();
    }

    private void text(String path) throws IOException {
        byte[] bytes = RawText.encode(path);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void flush() throws IOException {
        if (pending.size() > 0) {
            out.writeByte(RAW);
            out.writeInt(pending.size());
            pending.writeTo(out);
            pending.reset();
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
