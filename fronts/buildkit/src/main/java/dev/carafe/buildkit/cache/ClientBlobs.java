package dev.carafe.buildkit.cache;

import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/// A cache in a folder of the client's.
final class ClientBlobs implements Blobs {
    private final ClientStore store;
    private final Digest top;

    /// @param top of the cache's manifest; clients find it in the folder's index
    ClientBlobs(ClientStore store, Digest top) {
        this.store = store;
        this.top = top;
    }

    @Override
    public Document top() {
        return document(top);
    }

    @Override
    public Document document(Digest digest) {
        // its type is in the document itself
        return new Document(store.read(digest, MAX_DOCUMENT), "");
    }

    @Override
    public byte[] small(Descriptor blob) {
        return store.read(blob.digest(), MAX_DOCUMENT);
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        return store.open(blob.digest());
    }

    @Override
    public void close() {}
}
