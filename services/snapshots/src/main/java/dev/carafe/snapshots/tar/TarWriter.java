package dev.carafe.snapshots.tar;

import java.io.IOException;
import java.io.OutputStream;

/// Writes an archive: ustar, with a pax header before an entry that needs one. The same entries
/// give the same bytes always. Not thread-safe.
///
/// ```
/// writer.put(entry);
/// writer.content(bytes, 0, n);   // storedSize() bytes in all
/// writer.put(next);
/// writer.finish();
/// ```
public final class TarWriter {
    private static final byte[] ZERO = new byte[2 * Block.SIZE];

    private final OutputStream out;
    private long remaining;
    private int padding;
    private String name = "";

    /// Writes to `out`, which stays the caller's.
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /// Starts an entry.
    ///
    /// @throws IllegalStateException when data of the entry before is missing
    public void put(TarEntry entry) throws IOException {
        endEntry();
        name = entry.name();
        byte[] sparseMap = SparseMap.encode(entry);
        remaining = entry.storedSize();
        long size = remaining + sparseMap.length;
        padding = (int) (-size & (Block.SIZE - 1));
        out.write(HeaderBytes.of(entry, size));
        out.write(sparseMap);
    }

    /// Adds data of the current entry.
    public void content(byte[] bytes, int offset, int length) throws IOException {
        if (length > remaining) {
            throw new IllegalStateException("more data than announced: " + name);
        }
        out.write(bytes, offset, length);
        remaining -= length;
    }

    /// Fills what is missing of the current entry with zeros: its file shrank while it was read.
    public void fillUp() throws IOException {
        while (remaining > 0) {
            content(ZERO, 0, (int) Math.min(remaining, ZERO.length));
        }
    }

    /// Ends the archive and flushes.
    public void finish() throws IOException {
        endEntry();
        out.write(ZERO);
        out.flush();
    }

    private void endEntry() throws IOException {
        if (remaining > 0) {
            throw new IllegalStateException(remaining + " bytes of data missing: " + name);
        }
        out.write(ZERO, 0, padding);
        padding = 0;
    }
}
