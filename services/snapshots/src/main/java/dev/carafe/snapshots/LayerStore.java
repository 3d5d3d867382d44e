package dev.carafe.snapshots;

import dev.carafe.base.Conflict;
import dev.carafe.base.DataLoss;
import dev.carafe.base.DurableFile;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.replay.LayerReplay;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The layers: made whole under another name, moved to their place by one rename, known by a map
/// read at opening. Thread-safe.
final class LayerStore {
    private static final System.Logger LOG = System.getLogger(LayerStore.class.getName());
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final StoreLayout layout;
    private final ApplyLimits limits;
    private final Trash trash;
    private final GroupSync sync;
    private final Map<ChainId, LayerInfo> known = new ConcurrentHashMap<>();
    // at their place already, but maybe not durable
    private final Set<ChainId> arriving = ConcurrentHashMap.newKeySet();
    // how many roots and unfinished uses stand on a layer; guarded by itself
    private final Map<ChainId, Integer> uses = new HashMap<>();

    LayerStore(StoreLayout layout, ApplyLimits limits, Trash trash) throws IOException {
        this.layout = layout;
        this.limits = limits;
        this.trash = trash;
        this.sync = new GroupSync(layout.layers());
        try (Stream<Path> layers = Files.list(layout.layers())) {
            layers.forEach(this::learn);
        }
    }

    private void learn(Path layer) {
        try {
            LayerInfo info = LayerState.decode(Files.readAllBytes(StoreLayout.state(layer)));
            known.put(info.chainId(), info);
        } catch (IOException | DataLoss e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "layer {0} is left out: {1}",
                    layer,
                    e.getMessage());
        }
    }

    Optional<LayerInfo> find(ChainId layer) {
        return Optional.ofNullable(known.get(layer));
    }

    LayerInfo get(ChainId layer) {
        return find(layer)
                .orElseThrow(() ->
                        new NotFound(
                                new Subject("layer", layer.toString()), "no such layer: " + layer));
    }

    List<ChainId> list() {
        return List.copyOf(known.keySet());
    }

    /// The files of the layer and those below it, top first.
    List<Path> chain(ChainId top) {
        List<Path> paths = new ArrayList<>();
        for (ChainId at = top; at != null; at = get(at).parent()) {
            paths.add(layout.files(at));
        }
        return paths;
    }

    /// Keeps a layer from being removed.
    ///
    /// @throws NotFound when it is not there
    void use(ChainId layer) {
        synchronized (uses) {
            get(layer);
            uses.merge(layer, 1, Integer::sum);
        }
    }

    boolean used(ChainId layer) {
        synchronized (uses) {
            return uses.containsKey(layer);
        }
    }

    void endUse(ChainId layer) {
        synchronized (uses) {
            uses.computeIfPresent(layer, (id, n) -> n == 1 ? null : n - 1);
        }
    }

    /// See {@link Snapshotter#apply(ChainId, InputStream, Digest, Runnable)}.
    ///
    /// @param view mounts a chain read-only
    LayerInfo apply(
            @Nullable ChainId parent,
            InputStream tar,
            @Nullable Digest expected,
            Runnable arrival,
            Function<ChainId, RootMount> view) {
        LayerInfo there = expected == null ? null : known.get(ChainId.over(parent, expected));
        if (there != null) {
            return there;
        }
        try (LayerArrival layer = unpack(tar, view)) {
            verify(expected, layer.diffId());
            return layer.place(parent, arrival);
        }
    }

    /// See {@link Snapshotter#unpack}.
    LayerArrival unpack(InputStream tar, Function<ChainId, RootMount> view) {
        return LayerArrival.unpack(tar, limits, trash, sync, this, view);
    }

    /// See {@link Snapshotter#commit}.
    ///
    /// @return empty when the files of the root can't be a layer as they are
    Optional<LayerInfo> commit(RootStore roots, String key, Function<ChainId, RootMount> view)
            throws IOException {
        ChainId parent = roots.parent(key).orElse(null);
        try (RootStore.Gift gift = roots.gift(key);
                LayerArrival layer =
                        LayerArrival.ofRoot(
                                roots.dirs(key).upper(),
                                gift::take,
                                limits,
                                trash,
                                sync,
                                this,
                                view)) {
            return layer == null ? Optional.empty() : Optional.of(layer.place(parent, () -> {}));
        }
    }

    private static void verify(@Nullable Digest expected, Digest actual) {
        if (expected != null && !expected.equals(actual)) {
            throw new InvalidArgument(
                    new Subject("layer", expected.toString()),
                    "layer digest mismatch: expected " + expected + ", got " + actual);
        }
    }

    /// Moves a layer that is durable to its place.
    ///
    /// @return false when the layer was there already
    boolean take(Path place, LayerInfo info) throws IOException {
        if (known.containsKey(info.chainId())) {
            return false;
        }
        arriving.add(info.chainId());
        try {
            boolean won = rename(place, layout.layer(info.chainId()));
            // the loser waits for the winner's rename to be durable, too
            DurableFile.syncFolder(layout.layers());
            synchronized (uses) {
                if (!Files.exists(layout.layer(info.chainId()))) {
                    throw new Conflict(
                            new Subject("layer", info.chainId().toString()),
                            "the layer was removed meanwhile");
                }
                known.put(info.chainId(), info);
            }
            return won;
        } finally {
            arriving.remove(info.chainId());
        }
    }

    private static boolean rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            return false;
        } catch (FileSystemException e) {
            // rename(2) onto a directory that is not empty: java.nio has no class for ENOTEMPTY
            // here
            if (Files.exists(StoreLayout.state(to))) {
                return false;
            }
            throw e;
        }
    }

    /// See {@link Snapshotter#remove}.
    void remove(ChainId layer) {
        Path place = trash.newPlace();
        StoreErrors.translating(
                "remove layer " + layer,
                () -> {
                    if (takeAway(layer, place)) {
                        DurableFile.syncFolder(layout.layers());
                        trash.add(place);
                    }
                    return true;
                });
    }

    private boolean takeAway(ChainId layer, Path place) throws IOException {
        synchronized (uses) {
            if (!known.containsKey(layer)) {
                return false;
            }
            boolean parent = known.values().stream().anyMatch(i -> layer.equals(i.parent()));
            if (parent || uses.containsKey(layer)) {
                throw new Conflict(
                        new Subject("layer", layer.toString()), "layer " + layer + " is in use");
            }
            Files.move(layout.layer(layer), place, StandardCopyOption.ATOMIC_MOVE);
            known.remove(layer);
            return true;
        }
    }

    /// See {@link Snapshotter#strays}.
    List<String> strays() {
        return StoreErrors.translating(
                "list the layers",
                () -> {
                    try (Stream<Path> all = Files.list(layout.layers())) {
                        return all.map(file -> file.getFileName().toString())
                                .filter(this::stray)
                                .sorted()
                                .toList();
                    }
                });
    }

    private boolean stray(String name) {
        if (!name.matches("[0-9a-f]{64}")) {
            return true;
        }
        ChainId layer = ChainId.parse("sha256:" + name);
        // in this order: an arrival is known before it is over
        return !arriving.contains(layer) && !known.containsKey(layer);
    }

    /// See {@link Snapshotter#removeStray}.
    void removeStray(String name) {
        Path place = trash.newPlace();
        StoreErrors.translating(
                "remove " + name,
                () -> {
                    synchronized (uses) {
                        if (!strays().contains(name)) {
                            return false;
                        }
                        Files.move(
                                layout.layers().resolve(name),
                                place,
                                StandardCopyOption.ATOMIC_MOVE);
                    }
                    DurableFile.syncFolder(layout.layers());
                    trash.add(place);
                    return true;
                });
    }

    /// See {@link Snapshotter#layerTar}.
    void writeTar(ChainId layer, OutputStream tar) {
        LayerInfo info = get(layer);
        use(layer);
        try {
            StoreErrors.writing("give out layer " + layer, () -> replay(info, tar));
        } finally {
            endUse(layer);
        }
    }

    private void replay(LayerInfo info, OutputStream tar) throws IOException {
        Path place = layout.layer(info.chainId());
        Path displaced = StoreLayout.displaced(place);
        SummedOutput out = new SummedOutput(tar);
        try (Fd files = FileSystem.open(layout.files(info.chainId()).toString(), DIRECTORY);
                Fd others =
                        Files.exists(displaced)
                                ? FileSystem.open(displaced.toString(), DIRECTORY)
                                : Fd.CWD) {
            LayerReplay.write(
                    StoreLayout.record(place), files, others == Fd.CWD ? null : others, out);
        }
        if (!out.digest().equals(info.diffId())) {
            String name = info.chainId().toString();
            throw new DataLoss(
                    new Subject("layer", name), "the files of layer " + name + " changed");
        }
    }
}
