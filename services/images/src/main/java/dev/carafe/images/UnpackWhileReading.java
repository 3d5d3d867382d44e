package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.ChainId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts layers into their chains while the rest of the archive still comes in, where docker's table
/// of contents comes first (as {@link SaveImages} writes it), and lets layers that are there
/// already pass by. Otherwise does nothing until the end.
final class UnpackWhileReading implements ArchiveFiles.Listener {
    private static final String BLOBS = "blobs/";
    private static final int MAX_ATTEMPTS = 64;
    private final ArchiveFiles files;
    private final ArchiveIndex index;
    private final LayerUnpacker unpacker;
    private final LoadProgress progress;
    private List<Progress> images = List.of();
    private int attempts;

    UnpackWhileReading(
            ArchiveFiles files,
            @Nullable Platform platform,
            LayerUnpacker unpacker,
            LoadProgress progress) {
        this.progress = progress;
        this.files = files;
        this.index = new ArchiveIndex(files, platform);
        this.unpacker = unpacker;
    }

    @Override
    public boolean wants(String path) {
        boolean known = false;
        for (Progress image : images) {
            for (int i = image.layers.indexOf(path); i >= 0 && i < image.layers.size(); i++) {
                if (image.layers.get(i).equals(path)) {
                    if (!unpacker.has(image.chain.get(i))) {
                        return true;
                    }
                    known = true;
                }
            }
        }
        return !known;
    }

    /// Told of layers whose digest is known by now, at least from how docker names files.
    @Override
    public void reading(String path, boolean plain, long done, long total) {
        for (Progress image : images) {
            int at = image.layers.indexOf(path);
            if (at >= 0 && at < image.diffIds.size()) {
                progress.layer(image.diffIds.get(at), done, total);
                return;
            }
        }
        String name = path.startsWith(BLOBS) ? path.substring(BLOBS.length()) : "";
        String digest = name.replaceFirst("/", ":");
        if (plain && Digest.isDigest(digest)) {
            progress.layer(Digest.parse(digest), done, total);
        }
    }

    @Override
    public void stored(String path) throws IOException {
        if (unpacker.failed()) {
            unpacker.await();
        }
        if (images.isEmpty() && attempts < MAX_ATTEMPTS && files.has("manifest.json")) {
            attempts++;
            images = known();
        }
        for (Progress image : images) {
            image.startWhatIsHere();
        }
    }

    /// Empty as long as a configuration is missing.
    private List<Progress> known() throws IOException {
        try {
            return index.dockerImages().stream().map(Progress::new).toList();
        } catch (InvalidArgument e) {
            // told at the end, when it is still so
            return List.of();
        }
    }

    /// Starts everything that has not started yet, and waits for all.
    ///
    /// @return the images
    List<ArchivedImage> finish() throws IOException {
        List<ArchivedImage> all = index.images();
        for (ArchivedImage image : all) {
            new Progress(image).startTheRest();
        }
        unpacker.await();
        return all;
    }

    /// How far one image is.
    private final class Progress {
        private final List<String> layers;
        private final List<Digest> diffIds;
        private final List<ChainId> chain;
        private int next;

        Progress(ArchivedImage image) {
            this.layers = new ArrayList<>(image.layers());
            this.diffIds = image.parsedConfig().rootfs().diffIds();
            this.chain = ImageStore.chain(image.parsedConfig());
        }

        void startWhatIsHere() {
            while (next < chain.size()
                    && (unpacker.has(chain.get(next)) || files.has(layers.get(next)))) {
                startNext();
            }
        }

        void startTheRest() {
            while (next < chain.size()) {
                startNext();
            }
        }

        private void startNext() {
            if (!unpacker.has(chain.get(next))) {
                unpacker.start(
                        next == 0 ? null : chain.get(next - 1),
                        diffIds.get(next),
                        files.source(layers.get(next)));
            }
            next++;
        }
    }
}
