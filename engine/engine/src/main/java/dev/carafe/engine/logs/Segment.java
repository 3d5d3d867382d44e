package dev.carafe.engine.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One opened file of a log: rotation, compression and removal do not take it away from who reads
/// it. Not thread-safe.
final class Segment implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final boolean packed;
    private @Nullable FileChannel plain;

    private Segment(Path path, FileChannel file, boolean packed) {
        this.path = path;
        this.file = file;
        this.packed = packed;
    }

    static Segment open(Path path, boolean packed) throws IOException {
        return new Segment(path, FileChannel.open(path), packed);
    }

    /// The records; a gzipped file is unpacked into a nameless one first.
    FileChannel records() throws IOException {
        if (!packed) {
            return file;
        }
        FileChannel there = plain;
        if (there == null) {
            there = unpacked();
            plain = there;
        }
        return there;
    }

    private FileChannel unpacked() throws IOException {
        Path temporary = Files.createTempFile(path.toAbsolutePath().getParent(), "unpacked", "");
        FileChannel out =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        Files.deleteIfExists(temporary);
        try {
            InputStream in = new GZIPInputStream(Channels.newInputStream(file), 1 << 16);
            OutputStream to = Channels.newOutputStream(out);
            in.transferTo(to);
            out.position(0);
            return out;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (plain != null) {
            plain.close();
        }
    }
}
