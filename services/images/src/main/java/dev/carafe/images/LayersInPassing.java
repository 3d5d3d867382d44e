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
        WatchedStream stored = new WatchedStream(in, progress);
        @Nullable WatchedStream plain = null;
        try {
            plain = new WatchedStream(Compression.plain(stored));
            UnplacedLayer layer = snapshots.unpack(plain);
            return new ArchivePart.Unpacked(layer, size, snapshots, content);
        } catch (IOException | RuntimeException e) {
            if (stored.broken() != null) {
                throw stored.broken();
            }
            IOException why = plain == null ? null : plain.broken();
            if (why == null && e instanceof RuntimeException && !(e instanceof InvalidArgument)) {
                throw e;
            }
            return new ArchivePart.Broken(why == null ? e : why, size);
        } finally {
            if (plain != null) {
                plain.close();
            }
        }
    }
}
