package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.content.ContentStore;
import dev.carafe.images.archive.Compression;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.UnplacedLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Unpacks what looks like a layer while its archive comes in, before it is known what it is for:
/// nothing is written twice.
final class LayersInPassing {
    private static final int LOOK = 512;
    private static final int PIECE = 128 << 10;
    private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final int USTAR_AT = 257;

    private final Snapshotter snapshots;
    private final ContentStore content;

    LayersInPassing(Snapshotter snapshots, ContentStore content) {
        this.snapshots = snapshots;
        this.content = content;
    }

    /// The stream of an archive's entry, to be looked at.
    static BufferedInputStream stream(InputStream in) {
        return new BufferedInputStream(in, PIECE);
    }

    /// True for a tar, or anything compressed; the stream stands where it stood.
    static boolean looksLikeLayer(BufferedInputStream in) throws IOException {
        byte[] start = start(in);
        return Compression.of(start) != Compression.NONE
                || start.length == LOOK
                        && Arrays.equals(
                                start, USTAR_AT, USTAR_AT + USTAR.length, USTAR, 0, USTAR.length);
    }

    /// True for what is not compressed; the stream stands where it stood.
    static boolean isPlain(BufferedInputStream in) throws IOException {
        return Compression.of(start(in)) == Compression.NONE;
    }

    private static byte[] start(BufferedInputStream in) throws IOException {
        in.mark(LOOK);
        byte[] start = in.readNBytes(LOOK);
        in.reset();
        return start;
    }

    /// Unpacks the stream.
    ///
    /// @param size of the stream in bytes
    /// @param progress hears how many bytes are done
    /// @throws IOException when the archive itself can't be read; what is wrong with the layer
    ///   shows when somebody wants it
    ArchivePart unpack(InputStream in, long size, LongConsumer progress) throws IOException {
        Watched stored = new Watched(in, progress);
        @Nullable Watched plain = null;
        try {
            plain = new Watched(Compression.plain(stored), n -> {});
            UnplacedLayer layer = snapshots.unpack(plain);
            return new ArchivePart.Unpacked(layer, size, snapshots, content);
        } catch (IOException | InvalidArgument e) {
            if (stored.broken != null) {
                throw stored.broken;
            }
            return new ArchivePart.Broken(
                    plain == null || plain.broken == null ? e : plain.broken, size);
        } catch (RuntimeException e) {
            if (stored.broken != null) {
                throw stored.broken;
            }
            if (plain == null || plain.broken == null) {
                throw e;
            }
            return new ArchivePart.Broken(plain.broken, size);
        } finally {
            if (plain != null) {
                plain.close();
            }
        }
    }

    /// Counts, and remembers a failure: to the snapshotter it is just a stream that broke.
    private static final class Watched extends InputStream {
        private final InputStream in;
        private final LongConsumer progress;
        private long done;
        private @Nullable IOException broken;

        Watched(InputStream in, LongConsumer progress) {
            this.in = in;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    done += count;
                    progress.accept(done);
                }
                return count;
            } catch (IOException e) {
                broken = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
