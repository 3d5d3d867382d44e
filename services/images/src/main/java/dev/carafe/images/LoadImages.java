package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.content.Disk;
import dev.carafe.images.archive.Compression;
import dev.carafe.images.archive.TarReader;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.LayerInfo;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Brings images in from a tar archive: takes in its files, reads its table of contents, unpacks
/// what layers are missing, several at a time, and then adds images and names. A failure adds
/// nothing.
public final class LoadImages {
    private static final int PIECE = 128 << 10;
    private final ImageStore store;

    public LoadImages(ImageStore store) {
        this.store = store;
    }

    /// Loads every image of the archive: `docker save`'s format, old and new, or an OCI layout; the
    /// archive may be compressed with gzip, bzip2, xz or zstd, and so may be each layer.
    ///
    /// @param archive read to its end, not closed
    /// @throws InvalidArgument for an archive that is none, is cut short, or holds something
    ///   hostile; the message names it
    public List<Loaded> load(InputStream archive, LoadProgress progress) {
        return load(archive, progress, null);
    }

    /// @param platform which one to take of an image for several; null for this machine's
    public List<Loaded> load(
            InputStream archive, LoadProgress progress, @Nullable Platform platform) {
        LayersInPassing layers = new LayersInPassing(store.snapshots(), store.content());
        try (ArchiveFiles files = new ArchiveFiles(store.content(), layers);
                LayerHold hold = store.hold();
                LayerUnpacker unpacker = new LayerUnpacker(store.snapshots(), hold, progress)) {
            UnpackWhileReading unpacking =
                    new UnpackWhileReading(files, platform, unpacker, progress);
            readAll(archive, files, unpacking);
            List<ArchivedImage> images = unpacking.finish();
            images.forEach(image -> checkParent(image, images));
            List<Loaded> loaded = new ArrayList<>();
            for (ArchivedImage image : images) {
                loaded.add(store.add(newImage(image)));
            }
            for (ArchivedImage image : images) {
                parent(image, images).ifPresent(parent -> store.setParent(image.id(), parent.id()));
            }
            return loaded;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// The image that it was made of, when the archive has both.
    private static Optional<ArchivedImage> parent(ArchivedImage image, List<ArchivedImage> all) {
        return all.stream()
                .filter(one -> one.id().equals(image.parent()) && !one.id().equals(image.id()))
                .findFirst();
    }

    /// What was made of an image in one step has one line of history more.
    private static void checkParent(ArchivedImage image, List<ArchivedImage> all) {
        parent(image, all)
                .ifPresent(parent -> {
                    if (!Parents.isStep(parent.parsedConfig(), image.parsedConfig())) {
                        throw new InvalidArgument(
                                "image "
                                        + parent.id()
                                        + " is not a valid parent for "
                                        + image.id());
                    }
                });
    }

    private static void readAll(
            InputStream archive, ArchiveFiles files, UnpackWhileReading unpacking)
            throws IOException {
        try (InputStream plain = Compression.plain(new Unclosed(archive))) {
            files.readAll(new TarReader(new BufferedInputStream(plain, PIECE)), unpacking);
        }
    }

    private NewImage newImage(ArchivedImage image) {
        byte[] manifest = image.manifest();
        if (manifest != null) {
            return new NewImage(image.config(), manifest, image.manifestType(), image.names());
        }
        List<Long> sizes =
                ImageStore.chain(image.parsedConfig()).stream()
                        .map(layer ->
                                store.snapshots().layer(layer).map(LayerInfo::tarBytes).orElse(0L))
                        .toList();
        return NewImage.plain(image.config(), sizes, image.names());
    }

    /// Bad compressed data is the caller's fault, a refusing disk is not.
    private static RuntimeException failed(IOException e) {
        if (e instanceof ZipException || e instanceof EOFException || fromDecompressor(e)) {
            return new InvalidArgument(
                    Subject.NONE, "the archive is damaged: " + e.getMessage(), e);
        }
        return Disk.failed("load images", e);
    }

    private static boolean fromDecompressor(IOException e) {
        String type = e.getClass().getName();
        return type.startsWith("org.tukaani.xz.") || type.startsWith("com.github.luben.zstd.");
    }

    /// The request's stream is closed by who opened it.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
