package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.LayerUnpack.Result;
import dev.carafe.snapshots.replay.LayerRecord;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarWriter;
import dev.carafe.snapshots.tree.ExportOptions;
import dev.carafe.snapshots.tree.LowerDebts;
import dev.carafe.snapshots.tree.TreeReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the upper directory of a root as the layer that it is going to be: record and digest of
/// the archive that {@link Snapshotter#diff} would write, which nobody unpacks.
final class LayerReading extends OutputStream implements TarWriter.Journal {
    private final Digest.Hasher sum = Digest.sha256();
    private final LayerRecord record;
    private long tarBytes;

    private LayerReading(LayerRecord record) {
        this.record = record;
    }

    /// @param place of the layer: its record goes there
    /// @return null when the archive, unpacked, would not be what the directory is, or would not be
    ///   taken
    static @Nullable Result run(Path upper, Path place, ApplyLimits limits) throws IOException {
        try (OutputStream file = Files.newOutputStream(StoreLayout.record(place));
                LayerRecord record = new LayerRecord(file);
                Fd dir =
                        FileSystem.open(
                                upper.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            LayerReading reading = new LayerReading(record);
            TarWriter writer = new TarWriter(reading, reading);
            TreeReader reader = new TreeReader(writer, new ExportOptions(true, false));
            reader.children(dir, "");
            writer.finish();
            record.finish();
            LowerDebts debts = new LowerDebts(new TreeSet<>(), null, false);
            return reader.differs() || reading.tarBytes > limits.bytes()
                    ? null
                    : new Result(reading.sum.digest(), reader.bytes(), reading.tarBytes, debts);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        sum.update(bytes, offset, length);
        tarBytes += length;
    }

    @Override
    public void raw(byte[] bytes, int offset, int length) throws IOException {
        record.raw(bytes, offset, length);
    }

    @Override
    public void data(TarEntry entry) throws IOException {
        record.file(entry.name(), entry);
    }
}
