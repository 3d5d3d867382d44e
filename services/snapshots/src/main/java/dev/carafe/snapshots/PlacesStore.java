package dev.carafe.snapshots;

import dev.carafe.base.DurableFile;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The places of each chain, made when the first container stands on it and shared by all: so a
/// container begins with nothing in its writable directory. They go with the layer. Thread-safe.
final class PlacesStore {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final StoreLayout layout;
    private final Trash trash;
    private final List<MountPlace> wanted;
    private final Function<ChainId, RootMount> view;
    private final Set<ChainId> there = ConcurrentHashMap.newKeySet();

    /// @param view mounts a chain read-only
    PlacesStore(
            StoreLayout layout,
            Trash trash,
            List<MountPlace> wanted,
            Function<ChainId, RootMount> view) {
        this.layout = layout;
        this.trash = trash;
        this.wanted = List.copyOf(wanted);
        this.view = view;
    }

    /// Sees to it that the chain has its places. The caller keeps the chain from removal.
    void ensure(ChainId chain) {
        if (there.contains(chain)) {
            return;
        }
        synchronized (this) {
            Path goal = layout.places(chain);
            if (!Files.isDirectory(goal)) {
                StoreErrors.translating(
                        "make the mount places of " + chain, () -> make(chain, goal));
            }
            there.add(chain);
        }
    }

    /// The layer was removed.
    void forget(ChainId chain) {
        there.remove(chain);
    }

    private boolean make(ChainId chain, Path goal) throws IOException {
        Path place = trash.newPlace();
        try {
            Files.createDirectory(place);
            try (Fd over = FileSystem.open(place.toString(), DIRECTORY);
                    RootMount root = view.apply(chain);
                    Fd below = FileSystem.openat(root.mount(), ".", DIRECTORY, 0)) {
                new PlacesMaker(below, over).make(wanted);
            }
            sync(place);
            Files.move(place, goal, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncFolder(layout.layer(chain));
            return true;
        } finally {
            if (Files.exists(place)) {
                trash.removeNow(place);
            }
        }
    }

    /// The files are empty: their folders say all.
    private void sync(Path place) throws IOException {
        for (MountPlace each : wanted) {
            Path folder = place.resolve(each.path().substring(1));
            if (each.kind() == MountPlace.Kind.DIRECTORY && Files.isDirectory(folder)) {
                DurableFile.syncFolder(folder);
            }
        }
        DurableFile.syncFolder(place);
    }
}
