package dev.carafe.buildkit.cache;

import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.images.PackedTar;
import dev.carafe.images.Packing;
import dev.carafe.oci.Descriptor;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
import java.util.List;

/// A folder of the client's, which makes the index itself.
final class FolderSink implements CacheSink {
    private final Snapshotter snapshots;
    private final ClientStore store;
    private final Packing packing;

    FolderSink(Snapshotter snapshots, ClientStore store, Packing packing) {
        this.packing = packing.orGzip();
        this.snapshots = snapshots;
        this.store = store;
    }

    @Override
    public List<Descriptor> layers(List<LayerInfo> layers) {
        List<Descriptor> blobs = new ArrayList<>();
        for (LayerInfo layer : layers) {
            try (PackedTar tar =
                    new PackedTar(packing, out -> snapshots.layerTar(layer.chainId(), out))) {
                blobs.add(store.write(packing.mediaType(), tar));
            }
        }
        return blobs;
    }

    @Override
    public Descriptor document(String mediaType, byte[] bytes) {
        return store.write(mediaType, bytes);
    }

    @Override
    public Descriptor top(String mediaType, byte[] bytes) {
        return document(mediaType, bytes);
    }
}
