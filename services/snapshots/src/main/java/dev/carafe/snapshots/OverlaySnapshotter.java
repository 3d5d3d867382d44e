package dev.carafe.snapshots;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.tar.TarWriter;
import dev.carafe.snapshots.tree.ExportOptions;
import dev.carafe.snapshots.tree.TreeReader;
import dev.carafe.snapshots.tree.TreeSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Snapshots by overlayfs: a layer is a directory, a root is an upper directory over some of them.
/// One process at a time owns the store; who opens it sees to that.
public final class OverlaySnapshotter implements Snapshotter, AutoCloseable {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final StoreLayout layout;
    private final Trash trash;
    private final LayerStore layers;
    private final PlacesStore places;
    private final RootStore roots;
    private final OverlayMounts mounts;

    /// Opens the store in `root`, made when missing. What a crash left half done goes away in the
    /// background.
    public OverlaySnapshotter(Path root) {
        this(root, ApplyLimits.DEFAULT, List.of());
    }

    /// The same with bounds of one's own for layers.
    ///
    /// @param places what {@link #prepareWithPlaces} adds to the layers; of a place, its
    ///   directories are among them, too
    public OverlaySnapshotter(Path root, ApplyLimits limits, List<MountPlace> places) {
        this.layout = new StoreLayout(root.toAbsolutePath().normalize());
        this.trash = new Trash(layout.temporary());
        this.mounts = new OverlayMounts(layout.empty());
        try {
            for (Path folder :
                    List.of(layout.layers(), layout.roots(), layout.temporary(), layout.empty())) {
                Files.createDirectories(folder);
            }
            this.layers = new LayerStore(layout, limits, trash);
            this.places = new PlacesStore(layout, trash, places, this::view);
            this.roots = new RootStore(layout, layers, this.places, trash);
            removeLeftovers();
        } catch (IOException e) {
            throw StoreErrors.of("open the snapshots in " + root, e);
        }
    }

    private void removeLeftovers() {
        try (Fd temporary = FileSystem.open(layout.temporary().toString(), DIRECTORY)) {
            for (DirectoryEntry entry : Directories.list(temporary)) {
                trash.add(layout.temporary().resolve(entry.name()));
            }
        }
    }

    @Override
    public AppliedLayer apply(@Nullable ChainId parent, InputStream plainTar) {
        return apply(parent, plainTar, null);
    }

    @Override
    public AppliedLayer apply(
            @Nullable ChainId parent, InputStream plainTar, @Nullable Digest expected) {
        if (parent != null) {
            layers.get(parent);
        }
        return apply(parent, plainTar, expected, () -> {});
    }

    @Override
    public AppliedLayer apply(
            @Nullable ChainId parent,
            InputStream plainTar,
            @Nullable Digest expected,
            Runnable arrival) {
        LayerInfo info = layers.apply(parent, plainTar, expected, arrival, this::view);
        return new AppliedLayer(info.diffId(), info.chainId(), info.bytes());
    }

    @Override
    public UnplacedLayer unpack(InputStream plainTar) {
        return layers.unpack(plainTar, this::view);
    }

    @Override
    public boolean exists(ChainId layer) {
        return layers.find(layer).isPresent();
    }

    @Override
    public Optional<LayerInfo> layer(ChainId layer) {
        return layers.find(layer);
    }

    @Override
    public List<ChainId> list() {
        return layers.list();
    }

    @Override
    public void remove(ChainId layer) {
        layers.remove(layer);
        places.forget(layer);
    }

    @Override
    public boolean used(ChainId layer) {
        return layers.used(layer);
    }

    @Override
    public List<String> strays() {
        return layers.strays();
    }

    @Override
    public void removeStray(String name) {
        layers.removeStray(name);
    }

    @Override
    public void layerTar(ChainId layer, OutputStream tar) {
        layers.writeTar(layer, tar);
    }

    @Override
    public void prepare(String key, @Nullable ChainId parent) {
        roots.prepare(key, parent, false);
    }

    @Override
    public void prepareWithPlaces(String key, @Nullable ChainId parent) {
        roots.prepare(key, parent, true);
    }

    @Override
    public void bound(String key, long bytes) {
        roots.bound(key, bytes);
    }

    @Override
    public boolean boundsRoots() {
        return SizeLimit.isPossible(layout.roots());
    }

    @Override
    public boolean isPrepared(String key) {
        return roots.has(key);
    }

    @Override
    public List<String> keys() {
        return roots.keys();
    }

    @Override
    public void discard(String key) {
        roots.discard(key);
    }

    @Override
    public RootMount mount(String key) {
        roots.complete(key);
        OverlayDirs dirs = roots.dirs(key);
        return StoreErrors.translating("mount snapshot " + key, () -> mounts.writable(dirs));
    }

    @Override
    public RootMount mount(String key, Fd userns) {
        roots.complete(key);
        OverlayDirs dirs = roots.dirs(key);
        return StoreErrors.translating(
                "mount snapshot " + key + " for a user namespace",
                () -> {
                    try (IdmappedDirs idmapped = new IdmappedDirs(layout.root(), userns)) {
                        return mounts.writable(idmapped.of(dirs));
                    }
                });
    }

    @Override
    public OverlayDirs dirs(String key) {
        return roots.dirs(key);
    }

    @Override
    public RootMount view(ChainId layer) {
        // overlayfs wants two directories where nothing is writable
        List<Path> lower = new ArrayList<>(layers.chain(layer));
        lower.add(layout.empty());
        return StoreErrors.translating("mount layer " + layer, () -> mounts.readOnly(lower));
    }

    /// Of `made` and the directories above, what has not changed.
    private Set<String> leftOut(String key, Set<String> made) {
        Set<String> leftOut = new HashSet<>();
        for (String path : made) {
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                leftOut.add(path.substring(0, end));
            }
        }
        if (!leftOut.isEmpty()) {
            changes(key, made).forEach(c -> leftOut.remove(c.path()));
        }
        return leftOut;
    }

    @Override
    public void diff(String key, OutputStream tar, Set<String> made, @Nullable Instant latest) {
        Path upper = roots.dirs(key).upper();
        Set<String> leftOut = leftOut(key, made);
        StoreErrors.writing(
                "read snapshot " + key,
                () -> {
                    try (Fd dir = FileSystem.open(upper.toString(), DIRECTORY)) {
                        TarWriter writer = new TarWriter(tar);
                        new TreeReader(writer, new ExportOptions(true, false, leftOut, latest))
                                .children(dir, "");
                        writer.finish();
                    }
                });
    }

    @Override
    public Optional<AppliedLayer> commit(String key) {
        return StoreErrors.translating(
                        "make a layer of snapshot " + key,
                        () -> layers.commit(roots, key, this::view))
                .map(info -> new AppliedLayer(info.diffId(), info.chainId(), info.bytes()));
    }

    @Override
    public List<Change> changes(String key, Set<String> made) {
        Path upper = roots.dirs(key).upper();
        Optional<ChainId> parent = roots.parent(key);
        return StoreErrors.translating(
                "compare snapshot " + key,
                () -> {
                    try (Fd dir = FileSystem.open(upper.toString(), DIRECTORY);
                            RootMount below =
                                    parent.isEmpty() ? new RootMount(Fd.CWD) : view(parent.get())) {
                        return ChangeList.of(dir, parent.isEmpty() ? null : below.mount(), made);
                    }
                });
    }

    @Override
    public long usageBytes(String key) {
        Path upper = roots.dirs(key).upper();
        return StoreErrors.translating(
                "measure snapshot " + key,
                () -> {
                    try (Fd dir = FileSystem.open(upper.toString(), DIRECTORY)) {
                        return TreeSize.of(dir);
                    }
                });
    }

    /// Stops the background removal; what is left is removed at the next opening.
    @Override
    public void close() {
        trash.close();
    }
}
