package dev.carafe.buildkit.cache;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.Repository;
import java.io.InputStream;

/// A cache in a registry.
final class RegistryBlobs implements Blobs {
    private final Repository repository;
    private final ImageReference name;

    /// @param repository closed with this
    RegistryBlobs(Repository repository, ImageReference name) {
        this.repository = repository;
        this.name = name;
    }

    @Override
    public Document top() {
        return manifest(name);
    }

    @Override
    public Document document(Digest digest) {
        return manifest(name.withDigest(digest));
    }

    private Document manifest(ImageReference reference) {
        Repository.Document found = repository.manifest(reference);
        return new Document(found.bytes(), found.type());
    }

    @Override
    public byte[] small(Descriptor blob) {
        return repository.small(name, blob, MAX_DOCUMENT);
    }

    @Override
    public InputStream open(Descriptor blob) {
        return repository.blob(blob);
    }

    @Override
    public void close() {
        repository.close();
    }
}
