package dev.carafe.images;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.images.archive.TarEntry;
import dev.carafe.images.archive.TarReader;
import dev.carafe.linux.Fd;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Change;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.OverlayDirs;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import dev.carafe.snapshots.UnplacedLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Layers in memory: keeps each tar as it came. Roots are names only.
class MemorySnapshotter implements Snapshotter {
    final Map<ChainId, byte[]> tars = new ConcurrentHashMap<>();
    final Map<ChainId, LayerInfo> infos = new ConcurrentHashMap<>();
    final Map<String, ChainId> roots = new ConcurrentHashMap<>();
    final Set<ChainId> applied = ConcurrentHashMap.newKeySet();

    /// Unpacked and not closed yet.
    final AtomicInteger unpacked = new AtomicInteger();

    @Override
    public AppliedLayer apply(ChainId parent, InputStream plainTar) {
        return apply(parent, plainTar, null);
    }

    @Override
    public AppliedLayer apply(ChainId parent, InputStream plainTar, Digest expected) {
        try {
            byte[] tar = plainTar.readAllBytes();
            if (parent != null && !infos.containsKey(parent)) {
                throw new NotFound("layer does not exist: " + parent);
            }
            Digest diffId = Digest.of(tar);
            if (expected != null && !expected.equals(diffId)) {
                throw new InvalidArgument("layer has diffId " + diffId + ", expected " + expected);
            }
            ChainId chain = ChainId.over(parent, diffId);
            LayerInfo info = new LayerInfo(chain, diffId, parent, fileBytes(tar), tar.length);
            tars.put(chain, tar);
            infos.put(chain, info);
            applied.add(chain);
            return new AppliedLayer(diffId, chain, info.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public UnplacedLayer unpack(InputStream plainTar) {
        try {
            byte[] tar = plainTar.readAllBytes();
            fileBytes(tar);
            unpacked.incrementAndGet();
            return new UnplacedLayer() {
                @Override
                public Digest diffId() {
                    return Digest.of(tar);
                }

                @Override
                public LayerInfo place(ChainId parent, Runnable arrival) {
                    arrival.run();
                    apply(parent, new ByteArrayInputStream(tar));
                    return infos.get(ChainId.over(parent, diffId()));
                }

                @Override
                public void close() {
                    unpacked.decrementAndGet();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long fileBytes(byte[] tar) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(tar));
        long bytes = 0;
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            if (List.of(entry.name().split("/")).contains("..")) {
                throw new InvalidArgument("entry leads outside: \"" + entry.name() + "\"");
            }
            bytes += entry.sizeBytes();
        }
        return bytes;
    }

    @Override
    public boolean exists(ChainId layer) {
        return infos.containsKey(layer);
    }

    @Override
    public Optional<LayerInfo> layer(ChainId layer) {
        return Optional.ofNullable(infos.get(layer));
    }

    @Override
    public List<ChainId> list() {
        return List.copyOf(infos.keySet());
    }

    @Override
    public void remove(ChainId layer) {
        Set<ChainId> needed = new HashSet<>(roots.values());
        infos.values().stream().map(LayerInfo::parent).filter(p -> p != null).forEach(needed::add);
        if (needed.contains(layer)) {
            throw new Conflict("layer is in use: " + layer);
        }
        infos.remove(layer);
        tars.remove(layer);
    }

    @Override
    public boolean used(ChainId layer) {
        return roots.containsValue(layer);
    }

    @Override
    public List<String> strays() {
        return List.of();
    }

    @Override
    public void removeStray(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void layerTar(ChainId layer, OutputStream tar) {
        try {
            tar.write(tars.get(layer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void prepare(String key, ChainId parent) {
        roots.put(key, parent);
    }

    @Override
    public boolean isPrepared(String key) {
        return roots.containsKey(key);
    }

    @Override
    public List<String> keys() {
        return List.copyOf(roots.keySet());
    }

    @Override
    public void discard(String key) {
        roots.remove(key);
    }

    @Override
    public RootMount mount(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RootMount mount(String key, Fd userns) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OverlayDirs dirs(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RootMount view(ChainId layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AppliedLayer> commit(String key) {
        return Optional.empty();
    }

    @Override
    public void diff(String key, OutputStream tar, Set<String> made, Instant latest) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Change> changes(String key, Set<String> made) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long usageBytes(String key) {
        throw new UnsupportedOperationException();
    }
}
