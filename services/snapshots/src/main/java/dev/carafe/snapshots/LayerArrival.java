package dev.carafe.snapshots;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.LayerUnpack.Result;
import dev.carafe.snapshots.tree.LowerTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One layer on its way into the store: unpacked under a temporary name, told what is below it,
/// synced, moved to its place. Layers that arrive at the same time share their syncs.
final class LayerArrival implements UnplacedLayer {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final Path place;
    private final Result result;
    private final Trash trash;
    private final GroupSync sync;
    private final LayerStore store;
    private final Function<ChainId, RootMount> view;
    private boolean placed;

    private LayerArrival(
            Path place,
            Result result,
            Trash trash,
            GroupSync sync,
            LayerStore store,
            Function<ChainId, RootMount> view) {
        this.place = place;
        this.result = result;
        this.trash = trash;
        this.sync = sync;
        this.store = store;
        this.view = view;
    }

    /// See {@link Snapshotter#unpack}.
    ///
    /// @param view mounts a chain read-only
    static LayerArrival unpack(
            InputStream tar,
            ApplyLimits limits,
            Trash trash,
            GroupSync sync,
            LayerStore store,
            Function<ChainId, RootMount> view) {
        Path place = trash.newPlace();
        boolean whole = false;
        try {
            Files.createDirectory(place);
            Result result =
                    UnpackPipeline.run(tar, chunks -> LayerUnpack.run(place, chunks, limits));
            whole = true;
            return new LayerArrival(place, result, trash, sync, store, view);
        } catch (IOException e) {
            throw StoreErrors.of("apply layer", e);
        } catch (ErrnoException e) {
            throw StoreErrors.of("apply layer", e);
        } finally {
            if (!whole && Files.exists(place)) {
                trash.removeNow(place);
            }
        }
    }

    /// A layer of the files that a root wrote, see {@link Snapshotter#commit}.
    ///
    /// @param taken makes the root's upper directory nobody else's, and says where it is then
    /// @return null when the files can't be a layer as they are; nothing has changed then
    static @Nullable LayerArrival ofRoot(
            Path upper,
            Supplier<Path> taken,
            ApplyLimits limits,
            Trash trash,
            GroupSync sync,
            LayerStore store,
            Function<ChainId, RootMount> view)
            throws IOException {
        Path place = trash.newPlace();
        boolean whole = false;
        try {
            Files.createDirectory(place);
            Result result = LayerReading.run(upper, place, limits);
            if (result == null) {
                return null;
            }
            Files.move(taken.get(), place.resolve("fs"), StandardCopyOption.ATOMIC_MOVE);
            // archives tell nothing of the root: it is the lower one's, or plain
            try (Fd files = FileSystem.open(place.resolve("fs").toString(), DIRECTORY)) {
                FileSystem.fchown(files, 0, 0);
                FileSystem.fchmod(files, 0755);
            }
            whole = true;
            return new LayerArrival(place, result, trash, sync, store, view);
        } finally {
            if (!whole) {
                trash.removeNow(place);
            }
        }
    }

    @Override
    public Digest diffId() {
        return result.diffId();
    }

    @Override
    public LayerInfo place(@Nullable ChainId parent, Runnable arrival) {
        return StoreErrors.translating(
                "apply layer",
                () -> {
                    if (parent == null) {
                        settle(LowerTree.NONE);
                        return placed(null, () -> {});
                    }
                    try (MountedLower lower = new MountedLower(parent, store, arrival, view)) {
                        settle(lower);
                        return placed(parent, lower::await);
                    }
                });
    }

    private void settle(LowerTree lower) {
        if (!result.debts().isEmpty()) {
            try (Fd files = FileSystem.open(place.resolve("fs").toString(), DIRECTORY)) {
                result.debts().settle(files, lower);
            }
        }
    }

    /// The sync comes before the wait for the layer below: so one sync does for a whole chain.
    private LayerInfo placed(@Nullable ChainId parent, Runnable await) throws IOException {
        ChainId chain = ChainId.over(parent, diffId());
        LayerInfo info = new LayerInfo(chain, diffId(), parent, result.bytes(), result.tarBytes());
        Files.write(StoreLayout.state(place), LayerState.encode(info));
        sync.reach(sync.mark());
        await.run();
        placed = store.take(place, info);
        return store.get(chain);
    }

    @Override
    public void close() {
        if (!placed && Files.exists(place)) {
            trash.removeNow(place);
        }
    }
}
