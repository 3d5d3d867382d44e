package dev.carafe.images;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.snapshots.ChainId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Layers that somebody keeps although no image consists of them: one empty file each, named by the
/// chain id's hex digits. Not thread-safe: the store's lock is held around it.
final class KeptLayers {
    private final Path folder;
    private final Set<ChainId> layers = new HashSet<>();

    KeptLayers(Path folder) {
        this.folder = folder;
        try {
            DurableFile.openFolder(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : List.copyOf(files.toList())) {
                    String name = file.getFileName().toString();
                    if (name.matches("[0-9a-f]{64}")) {
                        layers.add(ChainId.parse("sha256:" + name));
                    }
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void add(ChainId layer) {
        if (layers.contains(layer)) {
            return;
        }
        try {
            DurableFile.write(file(layer), new byte[0]);
        } catch (IOException e) {
            throw failed(e);
        }
        layers.add(layer);
    }

    void remove(ChainId layer) {
        if (!layers.contains(layer)) {
            return;
        }
        try {
            DurableFile.delete(file(layer));
        } catch (IOException e) {
            throw failed(e);
        }
        layers.remove(layer);
    }

    Set<ChainId> all() {
        return Set.copyOf(layers);
    }

    private Path file(ChainId layer) {
        return folder.resolve(layer.digest().hex());
    }

    private static Internal failed(IOException e) {
        return new Internal(Subject.NONE, "keep a layer: " + e.getMessage(), e);
    }
}
