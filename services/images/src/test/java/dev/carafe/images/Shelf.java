package dev.carafe.images;

import dev.carafe.content.ContentStore;
import dev.carafe.oci.Digest;
import dev.carafe.testkit.TinyImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// An image store over a temporary folder, with layers in memory.
final class Shelf {
    final Path root;
    final MemorySnapshotter snapshots = new MemorySnapshotter();
    ContentStore content;
    ImageStore store;

    Shelf(Path root) {
        this.root = root;
        reopen();
    }

    /// As after a restart of the daemon.
    void reopen() {
        content = new ContentStore(root.resolve("content"));
        store = new ImageStore(content, snapshots, root.resolve("images"));
    }

    List<Loaded> load(byte[] archive) {
        return new LoadImages(store).load(new ByteArrayInputStream(archive), LoadProgress.NONE);
    }

    Image load(TinyImage image) {
        load(image.dockerArchive());
        return store.byId(image.id()).orElseThrow();
    }

    byte[] save(String... names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SaveImages(store).save(List.of(names), out);
        return out.toByteArray();
    }

    List<Digest> blobs() {
        try (Stream<Digest> all = content.list()) {
            return all.sorted().toList();
        }
    }

    /// Files on their way in.
    long leftovers() {
        try (Stream<Path> all = Files.list(root.resolve("content/ingest"))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// True when nothing at all is kept.
    boolean isEmpty() {
        return store.list().isEmpty()
                && blobs().isEmpty()
                && snapshots.list().isEmpty()
                && snapshots.unpacked.get() == 0
                && leftovers() == 0;
    }
}
