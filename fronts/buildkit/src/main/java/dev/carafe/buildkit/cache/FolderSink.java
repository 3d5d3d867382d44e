package dev.carafe.buildkit.cache;

import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.images.GzipTar;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.MediaTypes;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
import java.util.List;

/// A folder of the client's, which makes the index itself.
final class FolderSink implements CacheSink {
    private final Snapshotter snapshots;
    private final ClientStore store;

    FolderSink(Snapshotter snapshots, ClientStore store) {
        this.snapshots = snapshots;
        this.store = store;
    }

    @Override
    public List<Descriptor> layers(List<LayerInfo> layers) {
        List<Descriptor> blobs = new ArrayList<>();
        for (LayerInfo layer : layers) {
            try (GzipTar tar = new GzipTar(out -> snapshots.layerTar(layer.chainId(), out))) {
                blobs.add(store.write(MediaTypes.OCI_LAYER_GZIP, tar));
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
