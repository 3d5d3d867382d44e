package dev.carafe.snapshots.replay;

import dev.carafe.base.DataLoss;
import dev.carafe.base.Subject;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.RawText;
import dev.carafe.snapshots.tar.BadTar;
import dev.carafe.snapshots.tar.Fragment;
import dev.carafe.snapshots.tree.FileData;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Makes a layer's tar stream out of its record and its files.
public final class LayerReplay {
    private static final int LARGEST_TEXT = 1 << 20;

    private final Fd files;
    private final @Nullable Fd displaced;
    private final List<Move> moves;
    private final FileData data = new FileData();
    private int index;

    /// Files whose index is below `before` and whose path is `path`, or below it, are now called
    /// `name`.
    private record Move(int before, String path, int name) {}

    private LayerReplay(Fd files, @Nullable Fd displaced, List<Move> moves) {
        this.files = files;
        this.displaced = displaced;
        this.moves = moves;
    }

    /// Writes the stream.
    ///
    /// @param files the layer's root
    /// @param displaced the files that later ones replaced, null when there are none
    /// @throws DataLoss when the record is damaged or a file is not what it was
    public static void write(Path record, Fd files, @Nullable Fd displaced, OutputStream out)
            throws IOException {
        List<Move> moves = displaced == null ? List.of() : moves(record);
        try (DataInputStream in = open(record)) {
            new LayerReplay(files, displaced, moves).run(in, out);
        } catch (EOFException | ZipException e) {
            throw new DataLoss(Subject.NONE, "the layer's record is damaged: " + record, e);
        }
    }

    private static DataInputStream open(Path record) throws IOException {
        InputStream file = Files.newInputStream(record);
        return new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(file), 64 * 1024));
    }

    private void run(DataInputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        while (true) {
            int kind = in.readUnsignedByte();
            switch (kind) {
                case LayerRecord.END -> {
                    out.flush();
                    return;
                }
                case LayerRecord.RAW -> copy(in, in.readInt(), buffer, out);
                case LayerRecord.FILE ->
                        file(text(in), List.of(new Fragment(0, in.readLong())), out);
                case LayerRecord.PIECES -> file(text(in), pieces(in), out);
                case LayerRecord.MOVED -> {
                    text(in);
                    in.readInt();
                }
                default -> throw new DataLoss("the layer's record is damaged: kind " + kind);
            }
        }
    }

    private void file(String path, List<Fragment> pieces, OutputStream out) throws IOException {
        try (Fd fd = openFile(path, index++)) {
            for (Fragment piece : pieces) {
                if (data.read(fd, piece, out::write) < piece.length()) {
                    throw new DataLoss(
                            "the layer's file " + BadTar.shown(path) + " is shorter than it was");
                }
            }
        } catch (ErrnoException e) {
            throw new DataLoss(
                    Subject.NONE, "the layer's file " + BadTar.shown(path) + " can't be read", e);
        }
    }

    private Fd openFile(String path, int number) {
        for (Move move : moves) {
            boolean below = path.startsWith(move.path() + "/");
            if (displaced != null
                    && number < move.before()
                    && (below || path.equals(move.path()))) {
                return open(displaced, move.name() + path.substring(move.path().length()));
            }
        }
        return open(files, path);
    }

    private static Fd open(Fd root, String path) {
        return FileSystem.openat2(
                root,
                path,
                FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW | FileSystem.O_NONBLOCK,
                0,
                FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS);
    }

    // in the order of the stream, so that the first that fits a file is the one that moved it
    private static List<Move> moves(Path record) throws IOException {
        List<Move> moves = new ArrayList<>();
        int files = 0;
        try (DataInputStream in = open(record)) {
            while (true) {
                switch (in.readUnsignedByte()) {
                    case LayerRecord.RAW -> in.skipNBytes(in.readInt());
                    case LayerRecord.FILE -> {
                        text(in);
                        in.readLong();
                        files++;
                    }
                    case LayerRecord.PIECES -> {
                        text(in);
                        pieces(in);
                        files++;
                    }
                    case LayerRecord.MOVED -> moves.add(new Move(files, text(in), in.readInt()));
                    default -> {
                        return moves;
                    }
                }
            }
        }
    }

    private static List<Fragment> pieces(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Fragment> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(new Fragment(in.readLong(), in.readLong()));
        }
        return pieces;
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST_TEXT) {
            throw new DataLoss("the layer's record is damaged: a path of " + length + " bytes");
        }
        return RawText.decode(in.readNBytes(length));
    }

    private static void copy(InputStream in, int length, byte[] buffer, OutputStream out)
            throws IOException {
        int left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }
}
