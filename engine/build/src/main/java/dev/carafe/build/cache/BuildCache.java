package dev.carafe.build.cache;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.ImageStore;
import dev.carafe.images.archive.Compression;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.TarExport;
import dev.carafe.snapshots.TarImport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that builds keep for the next ones: what steps made, and cache mounts. Thread-safe.
public final class BuildCache {
    private final Path folder;
    private final StepCache steps;
    private final MountCache mounts;

    /// What a prune removed.
    ///
    /// @param bytes of what is gone now
    public record Pruned(List<String> keys, long bytes) {}

    /// @param steps folder of the steps' records
    /// @param mounts folder of the cache mounts
    public BuildCache(Path steps, Path mounts, ImageStore images) {
        this.folder = steps;
        this.steps = new StepCache(steps, images);
        this.mounts = new MountCache(mounts, Clock.systemUTC());
    }

    public StepCache steps() {
        return steps;
    }

    public MountCache mounts() {
        return mounts;
    }

    public List<CacheItem> items() {
        List<CacheItem> all = new ArrayList<>(steps.items());
        all.addAll(mounts.items());
        return all;
    }

    /// Removes items, the longest unused first, until the rules' bounds are kept.
    public Pruned prune(PruneRules rules) {
        List<CacheItem> all = items();
        long left = all.stream().mapToLong(CacheItem::ownBytes).sum();
        long target = rules.target(left, free());
        boolean bounded =
                rules.maxBytes() > 0 || rules.minFreeBytes() > 0 || rules.reservedBytes() > 0;
        List<String> keys = new ArrayList<>();
        long freed = 0;
        List<CacheItem> oldest =
                all.stream()
                        .filter(rules::takes)
                        .sorted(Comparator.comparing(CacheItem::lastUsed))
                        .toList();
        for (CacheItem item : oldest) {
            if (bounded && left <= target) {
                break;
            }
            boolean mount = item.type().equals(CacheItem.MOUNT);
            if (mount ? mounts.remove(item.id()) : steps.remove(item.id())) {
                keys.add(item.id());
                freed += item.ownBytes();
                left -= item.ownBytes();
            }
        }
        return new Pruned(keys, freed);
    }

    /// Writes a cache mount as a tar; nobody uses it meanwhile.
    ///
    /// @throws dev.carafe.base.NotFound when there is none
    public void exportMount(String id, OutputStream tar) {
        try (MountCache.Use use = mounts.hold(id);
                Fd root = open(use.path())) {
            TarExport.writeAs(root, "/", ".", tar);
        }
    }

    /// Fills a cache mount from a tar, plain or compressed; what was in it goes.
    ///
    /// @throws dev.carafe.base.InvalidArgument for what is no tar, or leads out of it
    public void importMount(String id, InputStream tar) {
        mounts.replace(
                id,
                folder -> {
                    try (Fd root = open(folder);
                            BufferedInputStream plain =
                                    new BufferedInputStream(Compression.plain(tar))) {
                        plain.mark(RootEntry.REACH);
                        Optional<RootEntry> own = RootEntry.of(plain);
                        plain.reset();
                        TarImport.extract(plain, root, "/", TarImport.Options.DEFAULT);
                        own.ifPresent(entry -> {
                            FileSystem.fchown(root, entry.uid(), entry.gid());
                            FileSystem.fchmod(root, entry.mode());
                        });
                    } catch (IOException e) {
                        throw new InvalidArgument(
                                Subject.NONE,
                                "read the tar of a cache mount: " + e.getMessage(),
                                e);
                    }
                });
    }

    private static Fd open(Path folder) {
        return FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
    }

    private long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
