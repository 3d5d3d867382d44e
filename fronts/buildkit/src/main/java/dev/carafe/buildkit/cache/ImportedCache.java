package dev.carafe.buildkit.cache;

import dev.carafe.base.CarafeException;
import dev.carafe.build.cache.CacheRecord;
import dev.carafe.build.cache.CacheSource;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.images.archive.Compression;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One cache of `--cache-from`, as builds ask it. Thread-safe.
final class ImportedCache implements CacheSource {
    private final CacheContent content;
    private final Blobs blobs;
    private final Snapshotter snapshots;
    private final Progress progress;

    ImportedCache(CacheContent content, Blobs blobs, Snapshotter snapshots, Progress progress) {
        this.content = content;
        this.blobs = blobs;
        this.snapshots = snapshots;
        this.progress = progress;
    }

    @Override
    public Optional<CacheRecord> find(String key) {
        return Optional.ofNullable(content.steps().get(key)).map(ImportedStep::record);
    }

    @Override
    public boolean bring(CacheRecord record, @Nullable ChainId parent) {
        ImportedStep step = content.steps().get(record.key());
        ImportedStep.Layer layer = step == null ? null : step.layer();
        if (layer == null) {
            return step != null && record.layer() == null;
        }
        if (!ChainId.over(parent, layer.diffId()).toString().equals(record.layer())) {
            // it would be another layer than the record promises
            return false;
        }
        try (InputStream bytes = blobs.open(layer.blob());
                InputStream plain = Compression.plain(bytes)) {
            snapshots.apply(parent, plain, layer.diffId());
            return true;
        } catch (IOException | CarafeException e) {
            progress.warns(
                    "A layer of an imported cache can't be had, its step is run: "
                            + e.getMessage());
            return false;
        }
    }
}
