package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.content.ContentStore;
import dev.carafe.content.Spool;
import dev.carafe.images.LayerUnpacker.Source;
import dev.carafe.images.archive.Compression;
import dev.carafe.images.archive.TarEntry;
import dev.carafe.images.archive.TarReader;
import dev.carafe.oci.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an image archive holds, by path: small files in memory, layers unpacked, others in
/// temporary files, links by name. Archives put their table of contents last, so that everything
/// must be kept until it comes. Nothing is ever written under a name that the archive chose.
final class ArchiveFiles implements AutoCloseable {
    private static final int SMALL = 64 << 10;
    private static final int MEMORY = 16 << 20;
    private static final int MAX_ENTRIES = 200_000;
    private static final int MAX_LINKS = 8;
    private static final int MAX_PATH = 4096;
    private static final int PIECE = 128 << 10;

    private final ContentStore content;
    private final LayersInPassing layers;
    private final Map<String, ArchivePart> parts = new HashMap<>();
    private int memoryUsed;

    /// @param layers unpacks what looks like one
    ArchiveFiles(ContentStore content, LayersInPassing layers) {
        this.content = content;
        this.layers = layers;
    }

    /// Takes in every entry of the tar.
    ///
    /// @param listener hears of each file, and may do without its content
    /// @throws InvalidArgument naming the entry, for one that has no business in an image archive
    void readAll(TarReader tar, Listener listener) throws IOException {
        byte[] buffer = new byte[PIECE];
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            if (parts.size() >= MAX_ENTRIES) {
                throw new InvalidArgument("archive with more than " + MAX_ENTRIES + " entries");
            }
            take(entry, tar.content(), buffer, listener);
        }
    }

    private void take(TarEntry entry, InputStream in, byte[] buffer, Listener listener)
            throws IOException {
        String path = normal("", entry.name(), entry.name());
        switch (entry.kind()) {
            case DIRECTORY -> {}
            case FILE -> {
                if (listener.wants(path)) {
                    put(path, store(path, entry.sizeBytes(), in, buffer, listener));
                    listener.stored(path);
                }
            }
            case SYMLINK ->
                    put(
                            path,
                            new ArchivePart.Link(normal(parent(path), entry.link(), entry.name())));
            case HARDLINK ->
                    put(path, new ArchivePart.Link(normal("", entry.link(), entry.name())));
            case OTHER ->
                    throw new InvalidArgument(
                            "unexpected kind of entry in an image archive: \""
                                    + entry.name()
                                    + "\"");
        }
    }

    private void put(String path, ArchivePart part) {
        ArchivePart before = parts.put(path, part);
        if (before != null) {
            before.close();
        }
    }

    private ArchivePart store(
            String path, long size, InputStream content, byte[] buffer, Listener listener)
            throws IOException {
        if (size <= SMALL && memoryUsed + size <= MEMORY) {
            memoryUsed += (int) size;
            return new ArchivePart.Small(content.readAllBytes());
        }
        BufferedInputStream in = LayersInPassing.stream(content);
        if (LayersInPassing.looksLikeLayer(in)) {
            boolean plain = LayersInPassing.isPlain(in);
            return layers.unpack(in, size, done -> listener.reading(path, plain, done, size));
        }
        return spooled(size, in, buffer);
    }

    private ArchivePart spooled(long size, InputStream in, byte[] buffer) throws IOException {
        Spool spool = content.spool();
        try (OutputStream out = spool.writer()) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
        return new ArchivePart.Large(spool, size);
    }

    /// The path, links followed; empty when the archive has no such file.
    Optional<String> resolve(String path) {
        String at = normal("", path, path);
        for (int i = 0; i < MAX_LINKS; i++) {
            ArchivePart part = parts.get(at);
            if (!(part instanceof ArchivePart.Link link)) {
                return part == null ? Optional.empty() : Optional.of(at);
            }
            at = link.target();
        }
        throw new InvalidArgument("too many links in the archive: \"" + path + "\"");
    }

    boolean has(String path) {
        return resolve(path).isPresent();
    }

    /// The paths of all files and links.
    Set<String> paths() {
        return Set.copyOf(parts.keySet());
    }

    /// The digest of a layer's plain tar.
    ///
    /// @throws InvalidArgument when the archive has no such file
    Digest diffId(String path) throws IOException {
        ArchivePart part = part(path);
        if (part instanceof ArchivePart.Unpacked unpacked) {
            return unpacked.diffId();
        }
        Digest.Hasher sum = Digest.sha256();
        byte[] buffer = new byte[PIECE];
        try (InputStream plain = Compression.plain(part.open())) {
            for (int n = plain.read(buffer); n >= 0; n = plain.read(buffer)) {
                sum.update(buffer, 0, n);
            }
        }
        return sum.digest();
    }

    /// A document, whole.
    ///
    /// @throws InvalidArgument when the archive has none there, or it is too long
    byte[] document(String path) throws IOException {
        ArchivePart part = part(path);
        if (part.size() > ImageStore.MAX_DOCUMENT) {
            throw new InvalidArgument("\"" + path + "\" is too long: " + part.size() + " bytes");
        }
        try (InputStream in = part.open()) {
            return in.readAllBytes();
        }
    }

    /// The file as a layer, to be read by any thread.
    ///
    /// @throws InvalidArgument when the archive has no such file
    Source source(String path) {
        return part(path);
    }

    private ArchivePart part(String path) {
        @Nullable ArchivePart part = resolve(path).map(parts::get).orElse(null);
        if (part == null) {
            throw new InvalidArgument("the archive has no \"" + path + "\"");
        }
        return part;
    }

    /// The path without `.` and `..`, seen from a folder of the archive.
    ///
    /// @param entry to name in the error
    private static String normal(String folder, String path, String entry) {
        Deque<String> parts = new ArrayDeque<>();
        if (path.length() > MAX_PATH) {
            throw new InvalidArgument(
                    "path too long in an image archive: \"" + path.substring(0, 100) + "...\"");
        }
        if (path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw outside(entry);
        }
        for (String part : (folder + "/" + path).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw outside(entry);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static InvalidArgument outside(String entry) {
        return new InvalidArgument(
                "invalid entry in an image archive, it leads outside: \"" + entry + "\"");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    @Override
    public void close() {
        parts.values().forEach(ArchivePart::close);
        parts.clear();
    }

    /// Hears of the archive's files as they come.
    interface Listener {
        /// False when the file of this path need not be kept.
        boolean wants(String path);

        /// A layer is being unpacked; so many bytes of its file are done.
        ///
        /// @param plain whether the file is not compressed
        void reading(String path, boolean plain, long done, long total);

        /// The file is complete.
        void stored(String path) throws IOException;
    }
}
