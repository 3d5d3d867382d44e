package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.replay.LayerRecord;
import dev.carafe.snapshots.tar.BadTar;
import dev.carafe.snapshots.tar.Chunks;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarReader;
import dev.carafe.snapshots.tree.LayerJournal;
import dev.carafe.snapshots.tree.LayerWriter;
import dev.carafe.snapshots.tree.LowerDebts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Turns one layer's stream into the directory of a layer: files, record and digest in one pass.
final class LayerUnpack implements Chunks, LayerJournal {
    private final Path layer;
    private final Chunks stream;
    private final ApplyLimits limits;
    private final LayerRecord record;
    private final Digest.Hasher sum = Digest.sha256();
    private @Nullable Fd displaced;
    private String current = "";
    private long tarBytes;

    /// What came out of it; all counts are bytes.
    record Result(Digest diffId, long bytes, long tarBytes, LowerDebts debts) {}

    private LayerUnpack(Path layer, Chunks stream, ApplyLimits limits, LayerRecord record) {
        this.layer = layer;
        this.stream = stream;
        this.limits = limits;
        this.record = record;
    }

    /// Unpacks into the new directory `layer`; nothing in it is durable yet.
    ///
    /// @throws dev.carafe.base.InvalidArgument for a stream that is no archive, a hostile entry or
    ///   too large a layer
    static Result run(Path layer, Chunks stream, ApplyLimits limits) throws IOException {
        Files.createDirectory(layer.resolve("fs"));
        try (OutputStream file = Files.newOutputStream(StoreLayout.record(layer));
                LayerRecord record = new LayerRecord(file)) {
            return new LayerUnpack(layer, stream, limits, record).run();
        }
    }

    private Result run() throws IOException {
        try (Fd files =
                        FileSystem.open(
                                layer.resolve("fs").toString(),
                                FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
                LayerWriter writer = new LayerWriter(files, this)) {
            TarReader reader = new TarReader(this, record);
            long entries = 0;
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                current = entry.name();
                if (++entries > limits.entries()) {
                    throw BadTar.entry(
                            current, "the layer has more than " + limits.entries() + " entries");
                }
                writer.add(entry, reader);
            }
            reader.drain();
            LowerDebts debts = writer.finish();
            record.finish();
            return new Result(sum.digest(), writer.bytes(), tarBytes, debts);
        } finally {
            if (displaced != null) {
                displaced.close();
            }
        }
    }

    @Override
    public @Nullable Chunk next() throws IOException {
        Chunk chunk = stream.next();
        if (chunk != null) {
            sum.update(chunk.bytes(), 0, chunk.length());
            tarBytes += chunk.length();
            if (tarBytes > limits.bytes()) {
                throw BadTar.entry(
                        current, "the layer is larger than " + limits.bytes() + " bytes");
            }
        }
        return chunk;
    }

    @Override
    public void file(String path, TarEntry entry) throws IOException {
        record.file(path, entry);
    }

    @Override
    public void moved(String path, int number) throws IOException {
        record.moved(path, number);
    }

    @Override
    public Fd displaced() throws IOException {
        if (displaced == null) {
            Path folder = Files.createDirectory(StoreLayout.displaced(layer));
            displaced =
                    FileSystem.open(
                            folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
        }
        return displaced;
    }
}
