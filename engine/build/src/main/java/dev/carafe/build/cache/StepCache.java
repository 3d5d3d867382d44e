package dev.carafe.build.cache;

import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
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
    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();

    /// A use is written down when the last one written is older.
    private static final Duration USE_STEP = Duration.ofMinutes(5);

    private final Path folder;
    private final ImageStore images;
    private final Clock clock;
    private final Map<String, CacheRecord> records = new HashMap<>();

    /// Opens the cache in its folder, made when missing.
    public StepCache(Path folder, ImageStore images) {
        this(folder, images, Clock.systemUTC());
    }

    StepCache(Path folder, ImageStore images, Clock clock) {
        this.folder = folder;
        this.images = images;
        this.clock = clock;
        try {
            DurableFile.openFolder(folder);
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

    /// Whether there was such a record.
    public synchronized boolean remove(String key) {
        CacheRecord record = records.get(key);
        if (record != null) {
            drop(record);
        }
        return record != null;
    }

    /// What there is. A layer that several steps made counts for one of them.
    public synchronized List<CacheItem> items() {
        Set<ChainId> inImages = images.layersInUse();
        Set<String> counted = new HashSet<>();
        return records.values().stream()
                .map(record -> item(record, inImages, counted.add(record.layerOrEmpty())))
                .toList();
    }

    private static CacheItem item(CacheRecord record, Set<ChainId> inImages, boolean first) {
        boolean shared = record.layer() != null && inImages.contains(ChainId.parse(record.layer()));
        return new CacheItem(
                record.key(),
                CacheItem.STEP,
                record.parent(),
                record.description(),
                false,
                shared,
                first ? record.bytes() : 0,
                record.created(),
                record.lastUsed(),
                record.uses());
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
