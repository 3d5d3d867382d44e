package dev.carafe.snapshots.tar;

import dev.carafe.base.BulkInput;
import dev.carafe.snapshots.tar.Chunks.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an archive front to back, holding one chunk of it. Not thread-safe.
///
/// ```
/// while ((entry = reader.next()) != null) {
///     reader.payload(file::write);
/// }
/// reader.drain();
/// ```
///
/// Every byte of the stream is reported once, in order: to the payload's sink when the caller takes
/// it, else to the {@link RawSink} given at construction. So what both got, put together again, is
/// the stream.
///
/// Judged as Go's archive/tar does it, for that is what the world's images pass through: pax global
/// headers are not applied; entries with a `/` at the end of a file's name are directories; a size
/// on anything but a file is 0.
public final class TarReader {
    /// Longest pax header or long name taken; memory is used for these alone.
    private static final int LARGEST_HEADER = 1 << 20;

    /// Gets the bytes that are not taken as payload; the array is valid during the call only.
    @FunctionalInterface
    public interface RawSink {
        void raw(byte[] bytes, int offset, int length) throws IOException;
    }

    /// Gets payload; the array is valid during the call only.
    @FunctionalInterface
    public interface PayloadSink {
        void accept(byte[] bytes, int offset, int length) throws IOException;
    }

    private final Chunks source;
    private final RawSink raw;
    private byte[] bytes = new byte[0];
    private int at;
    private int limit;
    private long remaining;
    private int padding;
    private boolean ended;

    public TarReader(InputStream in) {
        this(Chunks.of(in), (b, off, len) -> {});
    }

    public TarReader(Chunks source, RawSink raw) {
        this.source = source;
        this.raw = raw;
    }

    /// The next entry, null at the archive's end. What was not taken of the entry before is
    /// skipped.
    ///
    /// @throws dev.carafe.base.InvalidArgument when the stream is no archive, or cut short
    public @Nullable TarEntry next() throws IOException {
        skipPayload();
        Headers headers = new Headers();
        while (!ended) {
            if (!fill()) {
                ended = true;
                if (headers.isStarted()) {
                    throw BadTar.stream("unexpected end");
                }
                return null;
            }
            Block block = take();
            if (block.isZero()) {
                endMarker(headers);
                return null;
            }
            TarEntry entry = read(headers, block);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /// Gives the stored data of the current entry to `sink`, all of it. Of a sparse file these are
    /// its fragments, one after the other. The second call gives nothing.
    public void payload(PayloadSink sink) throws IOException {
        while (remaining > 0) {
            require();
            int n = (int) Math.min(remaining, limit - at);
            sink.accept(bytes, at, n);
            at += n;
            remaining -= n;
        }
    }

    /// The stored data of the current entry as a stream, good until the next call of {@link #next}.
    public InputStream stream() {
        return new BulkInput() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (remaining == 0 || length == 0) {
                    return length == 0 ? 0 : -1;
                }
                require();
                int n = (int) Math.min(Math.min(remaining, limit - at), length);
                System.arraycopy(bytes, at, into, offset, n);
                at += n;
                remaining -= n;
                return n;
            }
        };
    }

    /// Reads whatever follows the archive's end, to the end of the stream.
    public void drain() throws IOException {
        skipPayload();
        while (fill()) {
            raw.raw(bytes, at, limit - at);
            at = limit;
        }
    }

    private @Nullable TarEntry read(Headers headers, Block block) throws IOException {
        if (!block.checksumMatches()) {
            throw BadTar.stream("a header's checksum is wrong");
        }
        long stored = block.number(124, 12);
        if (stored < 0) {
            throw BadTar.stream("negative size");
        }
        switch (block.at(156)) {
            case 'x' -> headers.pax(PaxRecords.parse(body(stored)));
            case 'L' -> headers.longName(body(stored));
            case 'K' -> headers.longLink(body(stored));
            case 'g', 'V' -> body(stored);
            default -> {
                return member(headers, block, stored);
            }
        }
        return null;
    }

    private TarEntry member(Headers headers, Block block, long headerSize) throws IOException {
        TarEntry.Builder entry = headers.entry(block);
        if (headers.kind() != EntryKind.FILE) {
            return entry.build();
        }
        long stored = headers.paxSize() >= 0 ? headers.paxSize() : headerSize;
        expect(stored);
        SparseFormat sparse = headers.sparse(block);
        if (sparse == null) {
            return entry.size(stored).build();
        }
        List<Fragment> map = sparse.map(this::mapBlock);
        checkMap(headers.name(), map, sparse.realSize(), remaining);
        return entry.size(sparse.realSize()).sparse(map).build();
    }

    // blocks of a sparse map lie before the data; those of pax 1.0 count as part of the stored
    // size, old GNU's do not
    private Block mapBlock(boolean counted) throws IOException {
        if (counted && remaining < Block.SIZE) {
            throw BadTar.stream("a sparse map is cut short");
        }
        if (counted) {
            remaining -= Block.SIZE;
        }
        require();
        return take();
    }

    private static void checkMap(String name, List<Fragment> map, long realSize, long stored) {
        long end = 0;
        long sum = 0;
        for (Fragment f : map) {
            if (f.offset() < end || f.length() < 0 || f.length() > realSize - f.offset()) {
                throw BadTar.entry(name, "its sparse map is not in order");
            }
            end = f.end();
            sum += f.length();
        }
        if (sum != stored || realSize < 0) {
            throw BadTar.entry(name, "its sparse map does not cover its data");
        }
    }

    private void expect(long size) {
        remaining = size;
        padding = (int) (-size & (Block.SIZE - 1));
    }

    private byte[] body(long size) throws IOException {
        if (size > LARGEST_HEADER) {
            throw BadTar.stream("a header of " + size + " bytes");
        }
        expect(size);
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) size);
        payload((b, off, len) -> {
            raw.raw(b, off, len);
            out.write(b, off, len);
        });
        skipPayload();
        return out.toByteArray();
    }

    private void endMarker(Headers headers) throws IOException {
        ended = true;
        if (headers.isStarted()) {
            throw BadTar.stream("unexpected end");
        }
        if (fill() && limit - at >= Block.SIZE && !take().isZero()) {
            throw BadTar.stream("data after one empty block");
        }
    }

    private void skipPayload() throws IOException {
        payload(raw::raw);
        while (padding > 0) {
            // some writers leave out the padding at the very end
            if (!fill()) {
                padding = 0;
                return;
            }
            int n = Math.min(padding, limit - at);
            raw.raw(bytes, at, n);
            at += n;
            padding -= n;
        }
    }

    private Block take() throws IOException {
        if (limit - at < Block.SIZE) {
            throw BadTar.stream("unexpected end");
        }
        Block block = new Block(bytes, at);
        raw.raw(bytes, at, Block.SIZE);
        at += Block.SIZE;
        return block;
    }

    private void require() throws IOException {
        if (!fill()) {
            throw BadTar.stream("unexpected end");
        }
    }

    private boolean fill() throws IOException {
        while (at == limit) {
            Chunk chunk = source.next();
            if (chunk == null) {
                return false;
            }
            bytes = chunk.bytes();
            at = 0;
            limit = chunk.length();
        }
        return true;
    }

    /// A whole archive's entries, for who needs no data.
    public static List<TarEntry> entries(InputStream in) throws IOException {
        TarReader reader = new TarReader(in);
        List<TarEntry> all = new ArrayList<>();
        for (TarEntry e = reader.next(); e != null; e = reader.next()) {
            all.add(e);
        }
        return all;
    }
}
