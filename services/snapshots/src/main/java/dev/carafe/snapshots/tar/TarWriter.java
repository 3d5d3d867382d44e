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

    private static final Journal NONE =
            new Journal() {
                @Override
                public void raw(byte[] bytes, int offset, int length) {}

                @Override
                public void data(TarEntry entry) {}
            };

    private final OutputStream out;
    private final Journal journal;
    private long remaining;
    private int padding;
    private String name = "";

    /// Hears what is written, so that the archive can be made again without the data of its files.
    public interface Journal {
        /// All that is no file's data.
        void raw(byte[] bytes, int offset, int length) throws IOException;

        /// The data of the entry comes next, when it has any.
        void data(TarEntry entry) throws IOException;
    }

    /// Writes to `out`, which stays the caller's.
    public TarWriter(OutputStream out) {
        this(out, NONE);
    }

    /// The same, told to a journal.
    public TarWriter(OutputStream out, Journal journal) {
        this.out = out;
        this.journal = journal;
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
        byte[] header = HeaderBytes.of(entry, size);
        raw(header, header.length);
        raw(sparseMap, sparseMap.length);
        journal.data(entry);
    }

    private void raw(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        journal.raw(bytes, 0, length);
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
        raw(ZERO, ZERO.length);
        out.flush();
    }

    private void endEntry() throws IOException {
        if (remaining > 0) {
            throw new IllegalStateException(remaining + " bytes of data missing: " + name);
        }
        raw(ZERO, padding);
        padding = 0;
    }
}
