package dev.carafe.images;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.content.Ingest;
import dev.carafe.content.Lease;
import dev.carafe.images.archive.TarWriter.Body;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.snapshots.LayerInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The layers of images as one archive has them: plain, or compressed aside first, since an archive
/// tells the length of a file before its bytes. Closing it removes what lies aside. Not
/// thread-safe.
final class PackedLayers implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final ImageStore store;
    private final Map<String, Packed> packed = new HashMap<>();
    private @Nullable Lease lease;

    /// One layer.
    ///
    /// @param body writes the bytes that the blob tells of
    record Packed(Descriptor blob, Body body) {}

    PackedLayers(ImageStore store) {
        this.store = store;
    }

    Packed get(LayerInfo layer, Packing packing) {
        return switch (packing.kind()) {
            case USUAL, NONE ->
                    new Packed(
                            Descriptor.of(MediaTypes.OCI_LAYER, layer.diffId(), layer.tarBytes()),
                            out -> store.snapshots().layerTar(layer.chainId(), out));
            case GZIP, ZSTD ->
                    packed.computeIfAbsent(
                            packing + " " + layer.chainId(), none -> pack(layer, packing));
        };
    }

    private Packed pack(LayerInfo layer, Packing packing) {
        Lease held = lease;
        if (held == null) {
            held = store.content().lease();
            lease = held;
        }
        try (Ingest into = held.begin();
                InputStream tar =
                        new PackedTar(
                                packing, out -> store.snapshots().layerTar(layer.chainId(), out))) {
            byte[] buffer = new byte[PIECE];
            for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
                into.write(buffer, 0, n);
            }
            long size = into.size();
            Digest digest = into.commit(null);
            return new Packed(
                    Descriptor.of(packing.mediaType(), digest, size),
                    out -> {
                        try (InputStream bytes = store.content().open(digest)) {
                            bytes.transferTo(out);
                        }
                    });
        } catch (IOException e) {
            throw new Internal(
                    Subject.NONE, "compress " + layer.diffId() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
            packed.values().forEach(one -> store.content().deleteUnlessLeased(one.blob().digest()));
        }
    }
}
