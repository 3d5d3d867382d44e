package dev.carafe.build.cache;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ChainId;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Records of steps by key. Thread-safe; what it announces by returning is durable, except when a
/// record was last used.
public final class StepCache {
    private static final System.Logger LOG = System.getLogger(StepCache.class.getName());
    private static final Jsonb JSONB = Jsonb.builder().build();

    /// A use is written down when the last one written is older.
    private static final Duration USE_STEP = Duration.ofMinutes(5);

    private final Path folder;
    private final ImageStore images;
    private final Clock clock;
    private final Map<String, CacheRecord> records = new HashMap<>();

    /// What a prune removed.
    ///
    /// @param bytes of layers that are gone now
    public record Pruned(List<String> keys, long bytes) {}

    /// Opens the cache in its folder, made when missing.
    public StepCache(Path folder, ImageStore images) {
        this(folder, images, Clock.systemUTC());
    }

    StepCache(Path folder, ImageStore images, Clock clock) {
        this.folder = folder;
        this.images = images;
        this.clock = clock;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(this::learn);
            }
        } catch (IOException e) {
            throw failed("open the build cache", e);
        }
        letUnknownGo();
    }

    private void learn(Path file) {
        try {
            if (!file.getFileName().toString().endsWith(".json")) {
                Files.deleteIfExists(file);
                return;
            }
            CacheRecord record = JSONB.type(CacheRecord.class).fromJson(Files.readAllBytes(file));
            if (record != null && layerIsThere(record)) {
                records.put(record.key(), record);
            } else {
                DurableFile.delete(file);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "unreadable cache record is ignored: " + file, e);
        }
    }

    private boolean layerIsThere(CacheRecord record) {
        return record.layer() == null || images.hasLayer(ChainId.parse(record.layer()));
    }

    /// Layers whose record was never written.
    private void letUnknownGo() {
        Set<ChainId> known = new HashSet<>();
        records.values().stream()
                .filter(r -> r.layer() != null)
                .forEach(r -> known.add(ChainId.parse(r.layerOrEmpty())));
        for (ChainId layer : images.kept()) {
            if (!known.contains(layer)) {
                images.letGo(layer);
            }
        }
    }

    /// The key of a step: of the state it runs on, what it does, and what it does it with.
    public static String key(String... parts) {
        return Digest.of(String.join("\0", parts).getBytes(StandardCharsets.UTF_8)).hex();
    }

    /// The record, counted as used, when its layer is still there.
    public synchronized Optional<CacheRecord> find(String key) {
        CacheRecord record = records.get(key);
        if (record == null) {
            return Optional.empty();
        }
        if (!layerIsThere(record)) {
            drop(record);
            return Optional.empty();
        }
        Instant now = clock.instant();
        CacheRecord used = record.usedAt(now);
        records.put(key, used);
        if (record.lastUsed().plus(USE_STEP).isBefore(now)) {
            write(used);
        }
        return Optional.of(used);
    }

    /// Keeps a step's result; one that is there already is replaced.
    ///
    /// @param record whose layer is held by the caller
    public synchronized void put(CacheRecord record) {
        if (record.layer() != null) {
            images.keep(ChainId.parse(record.layer()));
        }
        CacheRecord before = records.get(record.key());
        write(record);
        records.put(record.key(), record);
        if (before != null && !before.layerOrEmpty().equals(record.layerOrEmpty())) {
            letLayerGo(before);
        }
    }

    public synchronized List<CacheRecord> list() {
        return List.copyOf(records.values());
    }

    /// Bytes of the layers that only the cache keeps.
    public synchronized long bytes() {
        Set<ChainId> shared = images.layersInUse();
        return records.values().stream().mapToLong(record -> ownBytes(record, shared)).sum();
    }

    private static long ownBytes(CacheRecord record, Set<ChainId> shared) {
        return record.layer() == null || shared.contains(ChainId.parse(record.layer()))
                ? 0
                : record.bytes();
    }

    /// Whether an image consists of the record's layer, too.
    public boolean shared(CacheRecord record) {
        return record.layer() != null
                && images.layersInUse().contains(ChainId.parse(record.layer()));
    }

    /// Removes records, the longest unused first, and those that stand on them.
    public synchronized Pruned prune(PruneRules rules) {
        List<String> keys = new ArrayList<>();
        long freed = 0;
        long left = bytes();
        if (rules.keepBytes() > 0 && left <= rules.keepBytes()) {
            return new Pruned(keys, 0);
        }
        Set<ChainId> shared = images.layersInUse();
        List<CacheRecord> oldest =
                records.values().stream()
                        .filter(rules::takes)
                        .sorted(Comparator.comparing(CacheRecord::lastUsed))
                        .toList();
        for (CacheRecord record : oldest) {
            if (rules.keepBytes() > 0 && left <= rules.keepBytes()) {
                break;
            }
            long own = ownBytes(record, shared);
            drop(record);
            keys.add(record.key());
            freed += own;
            left -= own;
        }
        return new Pruned(keys, freed);
    }

    private void drop(CacheRecord record) {
        try {
            DurableFile.delete(file(record.key()));
        } catch (IOException e) {
            throw failed("remove a cache record", e);
        }
        records.remove(record.key());
        letLayerGo(record);
    }

    private void letLayerGo(CacheRecord record) {
        String layer = record.layer();
        if (layer != null
                && records.values().stream().noneMatch(r -> r.layerOrEmpty().equals(layer))) {
            images.letGo(ChainId.parse(layer));
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".json");
    }

    private void write(CacheRecord record) {
        try {
            DurableFile.write(
                    file(record.key()), JSONB.type(CacheRecord.class).toJsonBytes(record));
        } catch (IOException e) {
            throw failed("write a cache record", e);
        }
    }

    private static Internal failed(String what, IOException e) {
        return new Internal(Subject.NONE, what + ": " + e.getMessage(), e);
    }
}
