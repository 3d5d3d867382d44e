package dev.carafe.images.state;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.images.state.LayerBlobRecord.Known;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Remembers as which blobs layers are in registries, so that a push need not compress and send
/// what is there. Only a help: what is lost here costs time, what is wrong is asked for in vain.
/// Thread-safe.
public final class LayerBlobs {
    private static final Jsonb JSONB = Jsonb.builder().serializeNulls(false).build();
    private static final int MOST = 32;
    private final Path folder;

    public LayerBlobs(Path folder) {
        this.folder = folder;
        try {
            DurableFile.openFolder(folder);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Newest first.
    public synchronized List<Known> of(Digest diffId) {
        try {
            Optional<byte[]> json = DurableFile.read(file(diffId));
            return json.map(bytes -> JSONB.type(LayerBlobRecord.class).fromJson(bytes).blobs())
                    .orElse(List.of());
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }

    public synchronized void add(Digest diffId, String repository, Descriptor blob) {
        Known known = new Known(repository, blob);
        List<Known> blobs = new ArrayList<>(of(diffId));
        if (!blobs.isEmpty() && blobs.getFirst().equals(known)) {
            return;
        }
        blobs.remove(known);
        blobs.addFirst(known);
        LayerBlobRecord record =
                new LayerBlobRecord(
                        LayerBlobRecord.VERSION,
                        diffId,
                        blobs.subList(0, Math.min(MOST, blobs.size())));
        try {
            DurableFile.write(file(diffId), JSONB.type(LayerBlobRecord.class).toJsonBytes(record));
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "write " + file(diffId) + ": " + e.getMessage(), e);
        }
    }

    /// Forgets every layer that is not among these.
    public synchronized void keepOnly(Set<Digest> diffIds) {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                boolean kept =
                        diffIds.stream().anyMatch(diffId -> name.equals(diffId.hex() + ".json"));
                if (!kept) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "clean " + folder + ": " + e.getMessage(), e);
        }
    }

    private Path file(Digest diffId) {
        return folder.resolve(diffId.hex() + ".json");
    }
}
