package dev.carafe.build.cache;

import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.dockerfile.RunMount.Sharing;
import dev.carafe.oci.Digest;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folders of `RUN --mount=type=cache`: one an id, kept from build to build. Thread-safe. A
/// folder is there, whole, before its record; what has no record goes at opening.
public final class MountCache {
    private static final System.Logger LOG = System.getLogger(MountCache.class.getName());
    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();

    /// A use is written down when the last one written is older.
    private static final Duration USE_STEP = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int EVERYBODY = 1 << 20;
    private static final int MOST_PRIVATE = 64;

    private final Path folder;
    private final Clock clock;
    private final Map<String, MountRecord> records = new HashMap<>();
    private final Map<String, Semaphore> locks = new HashMap<>();
    private final Map<String, Object> making = new ConcurrentHashMap<>();
    private final Map<String, Long> measured = new HashMap<>();

    public MountCache(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        try {
            DurableFile.openFolder(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(f -> f.toString().endsWith(".json")).forEach(this::learn);
            }
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(f -> !isKnown(f)).forEach(ContextSpool::remove);
            }
        } catch (IOException e) {
            throw failed("open the cache mounts", e);
        }
    }

    private void learn(Path file) {
        try {
            MountRecord record = JSONB.type(MountRecord.class).fromJson(Files.readAllBytes(file));
            if (record != null && Files.isDirectory(folder(record.key()))) {
                records.put(record.key(), record);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "unreadable record is ignored: " + file, e);
        }
    }

    private boolean isKnown(Path file) {
        return records.containsKey(file.getFileName().toString().replaceFirst("\\.json$", ""));
    }

    /// A step's hold on a folder; closing it lets others in.
    public final class Use implements AutoCloseable {
        private final String key;
        private final Semaphore lock;
        private final int permits;

        private Use(String key, Semaphore lock, int permits) {
            this.key = key;
            this.lock = lock;
            this.permits = permits;
        }

        public Path path() {
            return folder(key);
        }

        @Override
        public void close() {
            synchronized (MountCache.this) {
                measured.remove(key);
            }
            lock.release(permits);
        }
    }

    /// Waits until a step may use the folder of an id. A locked one is used by one step at a time;
    /// of a private one each step gets its own that nobody else uses now.
    ///
    /// @param fill makes a missing folder's content, owner and mode, at the path it is given
    /// @param alive throws when the wait is in vain
    /// @throws DeadlineExceeded when others kept it for half an hour
    public Use use(String id, Sharing sharing, Consumer<Path> fill, Runnable alive) {
        int permits = sharing == Sharing.SHARED ? 1 : EVERYBODY;
        if (sharing == Sharing.PRIVATE) {
            for (int n = 0; n < MOST_PRIVATE; n++) {
                String key = key(id, n);
                Semaphore lock = lock(key);
                if (lock.tryAcquire(permits)) {
                    return opened(key, id, lock, permits, fill);
                }
            }
        }
        String key = key(id, 0);
        Semaphore lock = lock(key);
        await(id, lock, permits, alive);
        return opened(key, id, lock, permits, fill);
    }

    private Use opened(String key, String id, Semaphore lock, int permits, Consumer<Path> fill) {
        try {
            begin(key, id, fill);
            return new Use(key, lock, permits);
        } catch (RuntimeException e) {
            lock.release(permits);
            throw e;
        }
    }

    private static void await(String id, Semaphore lock, int permits, Runnable alive) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!lock.tryAcquire(permits, 1, TimeUnit.SECONDS)) {
                alive.run();
                if (System.nanoTime() > deadline) {
                    throw new DeadlineExceeded(
                            "other steps have used the cache mount "
                                    + id
                                    + " for "
                                    + PATIENCE.toMinutes()
                                    + " minutes: end them, or give this one another id");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceeded("the wait for the cache mount " + id + " was interrupted");
        }
    }

    private static String key(String id, int number) {
        String name = number == 0 ? id : id + "\0" + number;
        return Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private synchronized Semaphore lock(String key) {
        return locks.computeIfAbsent(key, k -> new Semaphore(EVERYBODY, true));
    }

    /// Shared users may come at the same time: only the first makes the folder.
    private void begin(String key, String id, Consumer<Path> fill) {
        synchronized (making.computeIfAbsent(key, k -> new Object())) {
            if (!used(key)) {
                make(key, id, fill, null);
            }
        }
    }

    private synchronized boolean used(String key) {
        MountRecord record = records.get(key);
        if (record == null) {
            return false;
        }
        Instant now = clock.instant();
        records.put(key, record.usedAt(now));
        if (record.lastUsed().plus(USE_STEP).isBefore(now)) {
            write(record.usedAt(now));
        }
        return true;
    }

    /// @param old where what is there goes; null when nothing is
    private void make(String key, String id, Consumer<Path> fill, @Nullable Path old) {
        Path begun = folder.resolve("new-" + Ids.shortId(Ids.random()));
        try {
            Files.createDirectory(begun);
            fill.accept(begun);
            if (old != null && Files.exists(folder(key))) {
                Files.move(folder(key), old);
            }
            Files.move(begun, folder(key));
        } catch (IOException e) {
            throw failed("make a cache mount", e);
        } finally {
            ContextSpool.remove(begun);
        }
        Instant now = clock.instant();
        MountRecord record = new MountRecord(MountRecord.VERSION, key, id, now, now, 1);
        write(record);
        synchronized (this) {
            records.put(key, record);
            measured.remove(key);
        }
    }

    /// What there is, with sizes.
    public List<CacheItem> items() {
        return list().stream().map(this::item).toList();
    }

    private synchronized List<MountRecord> list() {
        return List.copyOf(records.values());
    }

    private CacheItem item(MountRecord record) {
        boolean inUse = lock(record.key()).availablePermits() < EVERYBODY;
        return new CacheItem(
                record.key(),
                CacheItem.MOUNT,
                "",
                "cached mount " + record.id(),
                inUse,
                false,
                bytes(record.key(), inUse),
                record.created(),
                record.lastUsed(),
                record.uses());
    }

    private long bytes(String key, boolean inUse) {
        synchronized (this) {
            Long known = measured.get(key);
            if (known != null && !inUse) {
                return known;
            }
        }
        long bytes = FolderSize.of(folder(key));
        synchronized (this) {
            measured.put(key, bytes);
        }
        return bytes;
    }

    /// Removes a folder that no step uses.
    ///
    /// @return whether it did
    public boolean remove(String key) {
        Semaphore lock = lock(key);
        if (!lock.tryAcquire(EVERYBODY)) {
            return false;
        }
        try {
            Path away = folder.resolve("old-" + Ids.shortId(Ids.random()));
            synchronized (this) {
                if (records.remove(key) == null) {
                    return false;
                }
                measured.remove(key);
                DurableFile.delete(file(key));
                Files.move(folder(key), away);
            }
            ContextSpool.remove(away);
            return true;
        } catch (IOException e) {
            throw failed("remove a cache mount", e);
        } finally {
            lock.release(EVERYBODY);
        }
    }

    /// The ids of all mounts, sorted.
    public List<String> ids() {
        return list().stream().map(MountRecord::id).distinct().sorted().toList();
    }

    /// Holds the folder of an id that is there, for itself alone.
    ///
    /// @throws NotFound when there is none
    public Use hold(String id) {
        Semaphore lock = lock(key(id, 0));
        await(id, lock, EVERYBODY, () -> {});
        synchronized (this) {
            if (records.containsKey(key(id, 0))) {
                return new Use(key(id, 0), lock, EVERYBODY);
            }
        }
        lock.release(EVERYBODY);
        throw new NotFound(new Subject("cache mount", id), "no such cache mount: " + id);
    }

    /// Puts another content in the place of an id's, or the first.
    ///
    /// @param fill makes the content at the path that it is given; when it fails, all stays as it
    ///   is
    public void replace(String id, Consumer<Path> fill) {
        String key = key(id, 0);
        Semaphore lock = lock(key);
        await(id, lock, EVERYBODY, () -> {});
        Path old = folder.resolve("old-" + Ids.shortId(Ids.random()));
        try {
            make(key, id, fill, old);
        } finally {
            lock.release(EVERYBODY);
            ContextSpool.remove(old);
        }
    }

    private Path folder(String key) {
        return folder.resolve(key);
    }

    private Path file(String key) {
        return folder.resolve(key + ".json");
    }

    private void write(MountRecord record) {
        try {
            DurableFile.write(
                    file(record.key()), JSONB.type(MountRecord.class).toJsonBytes(record));
        } catch (IOException e) {
            throw failed("write the record of a cache mount", e);
        }
    }

    private static Internal failed(String what, IOException e) {
        return new Internal(Subject.NONE, what + ": " + e.getMessage(), e);
    }
}
