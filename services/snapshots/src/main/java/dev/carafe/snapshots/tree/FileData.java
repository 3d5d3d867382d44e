package dev.carafe.snapshots.tree;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.tar.Fragment;
import dev.carafe.snapshots.tar.TarReader.PayloadSink;
import dev.carafe.snapshots.tar.TarWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of files for an archive. Holds one buffer; not thread-safe.
public final class FileData {
    /// A file with fewer bytes in holes is written whole: the map is not worth it.
    private static final long WORTH_A_MAP = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final byte[] copy = new byte[buffer.capacity()];
    private @Nullable List<Fragment> last;

    /// Where the open file has data, null when it has hardly a hole.
    @Nullable List<Fragment> fragments(Fd fd, Stat stat) {
        last = stat.size() - stat.blocks() * 512 < WORTH_A_MAP ? null : map(fd, stat.size());
        return last;
    }

    private static List<Fragment> map(Fd fd, long size) {
        List<Fragment> map = new ArrayList<>();
        long at = 0;
        while (at < size) {
            long data = FileContent.nextData(fd, at);
            if (data < 0 || data >= size) {
                break;
            }
            long hole = FileContent.nextHole(fd, data);
            long end = hole < 0 ? size : Math.min(hole, size);
            map.add(new Fragment(data, end - data));
            at = end;
        }
        return map;
    }

    /// Writes what {@link #fragments} found last, or all `size` bytes, as the current entry's data.
    void copy(Fd fd, long size, TarWriter out) throws IOException {
        List<Fragment> pieces = last == null ? List.of(new Fragment(0, size)) : last;
        for (Fragment piece : pieces) {
            long got = read(fd, piece, out::content);
            if (got < piece.length()) {
                break;
            }
        }
        out.fillUp();
    }

    /// Gives a piece of the open file to the sink.
    ///
    /// @return bytes given: fewer than the piece has when the file ends before
    public long read(Fd fd, Fragment piece, PayloadSink sink) throws IOException {
        if (piece.offset() > 0) {
            FileContent.seekTo(fd, piece.offset());
        }
        long done = 0;
        while (done < piece.length()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), piece.length() - done));
            int n = Pipes.read(fd, buffer);
            if (n <= 0) {
                return done;
            }
            buffer.flip().get(copy, 0, n);
            sink.accept(copy, 0, n);
            done += n;
        }
        return done;
    }
}
