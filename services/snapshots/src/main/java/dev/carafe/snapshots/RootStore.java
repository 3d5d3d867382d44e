package dev.carafe.snapshots;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.DurableFile;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.Attributes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The writable roots. Thread-safe.
final class RootStore {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    /// What a root stands on.
    private record Below(ChainId chain, boolean places) {
        static Below parse(String link) {
            boolean places = link.endsWith(WITH_PLACES);
            String hex = places ? link.substring(0, link.length() - 1) : link;
            return new Below(ChainId.parse("sha256:" + hex), places);
        }

        String link() {
            return chain.digest().hex() + (places ? WITH_PLACES : "");
        }
    }

    private final StoreLayout layout;
    private final LayerStore layers;
    private final PlacesStore places;
    private final Trash trash;
    private static final String WITH_PLACES = "+";

    private final Map<String, Optional<Below>> known = new ConcurrentHashMap<>();

    RootStore(StoreLayout layout, LayerStore layers, PlacesStore places, Trash trash)
            throws IOException {
        this.layout = layout;
        this.layers = layers;
        this.places = places;
        this.trash = trash;
        try (Stream<Path> roots = Files.list(layout.roots())) {
            for (Path root : roots.toList()) {
                learn(root);
            }
        }
    }

    private void learn(Path root) throws IOException {
        Path link = StoreLayout.parent(root);
        Optional<Below> below =
                Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                        ? Optional.of(Below.parse(Files.readSymbolicLink(link).toString()))
                        : Optional.empty();
        below.map(Below::chain).filter(p -> layers.find(p).isPresent()).ifPresent(layers::use);
        known.put(root.getFileName().toString(), below);
    }

    boolean has(String key) {
        return known.containsKey(key) && Files.exists(layout.rootOf(key));
    }

    List<String> keys() {
        return List.copyOf(known.keySet());
    }

    /// The chain below the root, empty for none.
    ///
    /// @throws NotFound when there is no such root
    Optional<ChainId> parent(String key) {
        return below(key).map(Below::chain);
    }

    private Optional<Below> below(String key) {
        Optional<Below> below = known.get(key);
        if (below == null) {
            throw new NotFound(new Subject("snapshot", key), "no such snapshot: " + key);
        }
        return below;
    }

    /// Before the root is mounted: its mount places are there.
    void complete(String key) {
        below(key).filter(Below::places).map(Below::chain).ifPresent(places::ensure);
    }

    OverlayDirs dirs(String key) {
        List<Path> lower = below(key).map(this::lower).orElse(List.of(layout.empty()));
        Path root = layout.rootOf(key);
        return new OverlayDirs(lower, StoreLayout.upper(root), StoreLayout.work(root));
    }

    private List<Path> lower(Below below) {
        List<Path> lower = new ArrayList<>();
        if (below.places()) {
            lower.add(layout.places(below.chain()));
        }
        lower.addAll(layers.chain(below.chain()));
        return lower;
    }

    void prepare(String key, @Nullable ChainId parent, boolean withPlaces) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidArgument(new Subject("snapshot", key), "invalid snapshot key: " + key);
        }
        try (Undo undo = new Undo()) {
            Below below = parent == null ? null : new Below(parent, withPlaces);
            if (known.putIfAbsent(key, Optional.ofNullable(below)) != null) {
                throw new AlreadyExists(
                        new Subject("snapshot", key), "snapshot " + key + " exists already");
            }
            undo.push(() -> known.remove(key));
            if (parent != null) {
                layers.use(parent);
                undo.push(() -> layers.endUse(parent));
            }
            StoreErrors.translating("prepare snapshot " + key, () -> make(key, below, undo));
            undo.keep();
        }
    }

    /// Overlayfs moves what it made in its working directory to the upper one, which the quotas
    /// allow within one project only.
    void bound(String key, long bytes) {
        OverlayDirs dirs = dirs(key);
        if (!SizeLimit.isPossible(dirs.upper())) {
            throw new InvalidArgument(
                    new Subject("snapshot", key), "the file system has no project quotas");
        }
        StoreErrors.translating(
                "bound snapshot " + key,
                () -> {
                    SizeLimit.set(List.of(dirs.upper(), dirs.work()), bytes);
                    return true;
                });
    }

    private boolean make(String key, @Nullable Below over, Undo undo) throws IOException {
        Path place = trash.newPlace();
        Files.createDirectory(
                place,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        undo.push(() -> {
            if (Files.exists(place)) {
                trash.removeNow(place);
            }
        });
        Files.createDirectory(StoreLayout.upper(place));
        Files.createDirectory(StoreLayout.work(place));
        // the mount's root shows the upper directory's owner and mode
        Path below = over == null ? layout.empty() : layout.files(over.chain());
        try (Fd from = FileSystem.open(below.toString(), DIRECTORY);
                Fd upper = FileSystem.open(StoreLayout.upper(place).toString(), DIRECTORY)) {
            Attributes.read(from).applyTo(upper);
        }
        if (over != null) {
            link(over, StoreLayout.parent(place));
        }
        Files.move(place, layout.rootOf(key), StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncFolder(layout.roots());
        return true;
    }

    // all roots of a chain share one symlink by hard links: a new file costs far more
    private void link(Below over, Path parent) throws IOException {
        Path shared = layout.rootsLink(over.chain(), over.places());
        try {
            if (!Files.exists(shared, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(shared, Path.of(over.link()));
            }
            Files.createLink(parent, shared);
        } catch (FileSystemException e) {
            // made by another at the same time, or linked as often as the file system allows
            Files.createSymbolicLink(parent, Path.of(over.link()));
        }
    }

    /// Not made durable: after a loss of power the root may be there again, for its owner to
    /// discard once more.
    void discard(String key) {
        try (Gift gift = gift(key)) {
            gift.take();
        }
    }

    /// A root to be given away, or to go.
    Gift gift(String key) {
        return new Gift(key);
    }

    /// A root on its way out of the store. Closing it removes what nobody has moved elsewhere, once
    /// it was taken; what is below it is in use until then.
    final class Gift implements AutoCloseable {
        private final String key;
        private final Path place = trash.newPlace();
        private Optional<Below> below = Optional.empty();

        private Gift(String key) {
            this.key = key;
        }

        /// Takes the root out; one that is not there is no error.
        ///
        /// @return where its upper directory is now
        Path take() {
            below =
                    StoreErrors.translating(
                            "discard snapshot " + key, () -> RootStore.this.take(key, place));
            return StoreLayout.upper(place);
        }

        @Override
        public void close() {
            if (Files.exists(place)) {
                trash.add(place);
                below.map(Below::chain).ifPresent(layers::endUse);
            }
        }
    }

    // one caller at a time moves a root away; of two that discard the same, the second finds
    // nothing
    private synchronized Optional<Below> take(String key, Path place) throws IOException {
        Optional<Below> below = known.get(key);
        if (below == null || !Files.exists(layout.rootOf(key))) {
            return Optional.empty();
        }
        Files.move(layout.rootOf(key), place, StandardCopyOption.ATOMIC_MOVE);
        known.remove(key);
        return below;
    }
}
