package dev.carafe.snapshots;

import dev.carafe.oci.Digest;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Snapshots by overlayfs.
public final class OverlaySnapshotter implements Snapshotter, AutoCloseable {
    /// Opens the store in `root`, made when missing; what a crash left half done is removed.
    public OverlaySnapshotter(Path root) {
        this(root, ApplyLimits.DEFAULT);
    }

    public OverlaySnapshotter(Path root, ApplyLimits limits) {
        if (root.equals(root.getRoot()) || limits.entries() < 1) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public AppliedLayer apply(@Nullable ChainId parent, InputStream plainTar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AppliedLayer apply(@Nullable ChainId parent, InputStream plainTar, @Nullable Digest expected) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean exists(ChainId layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LayerInfo> layer(ChainId layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ChainId> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(ChainId layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void layerTar(ChainId layer, OutputStream tar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void prepare(String key, @Nullable ChainId parent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isPrepared(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void discard(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RootMount mount(String key) {
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
    public void diff(String key, OutputStream tar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Change> changes(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long usageBytes(String key) {
        throw new UnsupportedOperationException();
    }

    /// Stops the background removal; what is left is removed at the next opening.
    @Override
    public void close() {}
}
