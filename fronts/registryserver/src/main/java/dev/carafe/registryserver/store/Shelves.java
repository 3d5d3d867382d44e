package dev.carafe.registryserver.store;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Subject;
import dev.carafe.content.ContentStore;
import dev.carafe.content.Lease;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which repository has what; the bytes are in a content store, each once.
///
/// ```
/// <root>/content/...                                    the bytes
/// <root>/repositories/<name>/_blobs/<digest>            empty
///                           /_manifests/<digest>        its media type
///                           /_tags/<tag>                the manifest's digest
///                           /_referrers/<subject>/<digest>  empty
/// ```
///
/// No part of a repository's name starts with `_`. A manifest is there once its file is.
/// Thread-safe; what is announced by returning is durable. One process at a time.
public final class Shelves {
    public static final int MAX_MANIFEST = 4 << 20;
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private final ContentStore content;
    private final Path repositories;

    /// Opens the store, made when missing; what nobody refers to is removed.
    public Shelves(Path root) {
        this.content = new ContentStore(root.resolve("content"));
        this.repositories = root.resolve("repositories");
        try {
            Files.createDirectories(repositories);
            sweep();
        } catch (IOException e) {
            throw failed(e);
        }
        collect();
    }

    /// Removes what writes that were killed have left.
    private void sweep() throws IOException {
        try (Stream<Path> all = Files.walk(repositories)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                DurableFile.openFolder(folder);
            }
        }
    }

    public ContentStore content() {
        return content;
    }

    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    private Path folder(RepositoryName name, String kind) {
        return repositories.resolve(name.text()).resolve(kind);
    }

    private static String file(Digest digest) {
        return digest.algorithm() + "-" + digest.hex();
    }

    private static Digest digest(Path file) {
        return Digest.parse(file.getFileName().toString().replaceFirst("-", ":"));
    }

    public boolean hasRepository(RepositoryName name) {
        return Files.isDirectory(folder(name, "_manifests"))
                || Files.isDirectory(folder(name, "_blobs"));
    }

    public boolean hasBlob(RepositoryName name, Digest digest) {
        return Files.exists(folder(name, "_blobs").resolve(file(digest))) && content.exists(digest);
    }

    /// Makes a blob that is in the store one of the repository's.
    public void addBlob(RepositoryName name, Digest digest) {
        write(folder(name, "_blobs").resolve(file(digest)), "");
    }

    /// @return false when the repository has no such blob
    public boolean removeBlob(RepositoryName name, Digest digest) {
        boolean removed = delete(folder(name, "_blobs").resolve(file(digest)));
        if (removed) {
            collect();
        }
        return removed;
    }

    /// Stores a manifest.
    ///
    /// @param subject the digest that it refers to, if any
    public void putManifest(
            RepositoryName name, StoredManifest manifest, Optional<Digest> subject) {
        try (Lease lease = content.lease()) {
            content.put(lease, manifest.bytes(), manifest.digest());
            subject.ifPresent(to ->
                    write(
                            folder(name, "_referrers")
                                    .resolve(file(to))
                                    .resolve(file(manifest.digest())),
                            ""));
            write(
                    folder(name, "_manifests").resolve(file(manifest.digest())),
                    manifest.mediaType());
        }
    }

    public Optional<StoredManifest> manifest(RepositoryName name, Digest digest) {
        return read(folder(name, "_manifests").resolve(file(digest)))
                .filter(type -> content.exists(digest))
                .map(type -> new StoredManifest(digest, type, content.read(digest, MAX_MANIFEST)));
    }

    /// Removes a manifest with the tags that lead to it.
    ///
    /// @return false when there is none
    public boolean removeManifest(RepositoryName name, Digest digest) {
        tags(name).stream()
                .filter(tag -> tagged(name, tag).filter(digest::equals).isPresent())
                .forEach(tag -> removeTag(name, tag));
        boolean removed = delete(folder(name, "_manifests").resolve(file(digest)));
        if (removed) {
            for (Path subject : list(folder(name, "_referrers"))) {
                delete(subject.resolve(file(digest)));
            }
            collect();
        }
        return removed;
    }

    public void tag(RepositoryName name, String tag, Digest digest) {
        write(folder(name, "_tags").resolve(tag), digest.toString());
    }

    public Optional<Digest> tagged(RepositoryName name, String tag) {
        return read(folder(name, "_tags").resolve(tag)).map(Digest::parse);
    }

    public boolean removeTag(RepositoryName name, String tag) {
        return delete(folder(name, "_tags").resolve(tag));
    }

    /// Sorted.
    public List<String> tags(RepositoryName name) {
        return list(folder(name, "_tags")).stream()
                .map(file -> file.getFileName().toString())
                .filter(Shelves::isTag)
                .sorted()
                .toList();
    }

    /// The manifests that refer to the digest, in the order of their digests.
    public List<StoredManifest> referrers(RepositoryName name, Digest subject) {
        return list(folder(name, "_referrers").resolve(file(subject))).stream()
                .sorted()
                .flatMap(file -> manifest(name, digest(file)).stream())
                .toList();
    }

    /// Every manifest of the repository, in no order.
    public List<StoredManifest> manifests(RepositoryName name) {
        return list(folder(name, "_manifests")).stream()
                .filter(Shelves::isWhole)
                .flatMap(file -> manifest(name, digest(file)).stream())
                .toList();
    }

    /// Every repository that has a manifest, sorted.
    public List<String> repositories() {
        Set<String> names = new TreeSet<>();
        for (Path folder : folders("_manifests")) {
            if (!list(folder).isEmpty()) {
                names.add(repositories.relativize(folder).getParent() + "");
            }
        }
        return List.copyOf(names);
    }

    private void collect() {
        content.collect(() -> {
            Set<Digest> needed = new HashSet<>();
            for (String kind : List.of("_blobs", "_manifests")) {
                for (Path folder : folders(kind)) {
                    list(folder).stream()
                            .filter(Shelves::isWhole)
                            .forEach(file -> needed.add(digest(file)));
                }
            }
            return needed;
        });
    }

    private List<Path> folders(String kind) {
        try (Stream<Path> all = Files.walk(repositories)) {
            return all.filter(folder -> folder.getFileName().toString().equals(kind)).toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static boolean isWhole(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Shelves::isWhole).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return DurableFile.read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static boolean delete(Path file) {
        try {
            if (!Files.exists(file)) {
                return false;
            }
            DurableFile.delete(file);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left")
                ? new ResourceExhausted(
                        Subject.NONE, "the registry's disk: no space left on device", e)
                : new Internal(Subject.NONE, "the registry's disk: " + message, e);
    }
}
