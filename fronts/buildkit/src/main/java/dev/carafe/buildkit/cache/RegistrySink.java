package dev.carafe.buildkit.cache;

import dev.carafe.buildkit.export.PushStatus;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.images.Packing;
import dev.carafe.images.PushImage;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.registry.Repository;
import dev.carafe.snapshots.LayerInfo;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A repository of a registry.
final class RegistrySink implements CacheSink {
    private final PushImage pushes;
    private final Repository repository;
    private final Packing packing;
    private final AtomicBoolean canceled;
    private final Progress.Part part;

    /// @param canceled set it to end what is being sent
    RegistrySink(
            PushImage pushes,
            Repository repository,
            Packing packing,
            AtomicBoolean canceled,
            Progress.Part part) {
        this.packing = packing;
        this.pushes = pushes;
        this.repository = repository;
        this.canceled = canceled;
        this.part = part;
    }

    @Override
    public List<Descriptor> layers(List<LayerInfo> layers) {
        return pushes.layers(repository, layers, packing, canceled, new PushStatus(part)).stream()
                .map(RegistrySink::inOciTerms)
                .toList();
    }

    private static Descriptor inOciTerms(Descriptor blob) {
        return switch (blob.mediaType()) {
            case MediaTypes.DOCKER_LAYER_GZIP ->
                    Descriptor.of(MediaTypes.OCI_LAYER_GZIP, blob.digest(), blob.size());
            case MediaTypes.DOCKER_LAYER ->
                    Descriptor.of(MediaTypes.OCI_LAYER, blob.digest(), blob.size());
            default -> blob;
        };
    }

    @Override
    public Descriptor document(String mediaType, byte[] bytes) {
        return repository.publisher().upload(mediaType, bytes);
    }

    @Override
    public Descriptor top(String mediaType, byte[] bytes) {
        String tag = String.valueOf(repository.name().withDefaultTag().tag());
        repository.publisher().manifest(tag, mediaType, bytes);
        return Descriptor.of(mediaType, Digest.of(bytes), bytes.length);
    }
}
