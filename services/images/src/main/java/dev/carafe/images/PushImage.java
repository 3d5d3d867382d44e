package dev.carafe.images;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.images.Attachment.Attached;
import dev.carafe.images.Attachment.Part;
import dev.carafe.images.PushProgress.Pushed;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Publisher;
import dev.carafe.registry.Registries;
import dev.carafe.registry.Repository;
import dev.carafe.registry.Repository.Document;
import dev.carafe.snapshots.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sends images to registries: layers that are missing there, the configuration, and last the
/// manifest (Engine API POST /images/{name}/push). An image that came from a registry keeps its
/// manifest, and so its digest, where its layers can be had as they were. Thread-safe.
public final class PushImage {
    private final ImageStore store;
    private final Registries registries;

    public PushImage(ImageStore store, Registries registries) {
        this.store = store;
        this.registries = registries;
    }

    /// What is to be pushed: one tag, or all tags of the repository when the name has none.
    ///
    /// @throws NotFound `tag does not exist: x:1`
    public List<ImageReference> names(ImageReference name) {
        if (name.tag() == null) {
            List<ImageReference> all = store.namesInRepository(name.familiarName());
            if (all.isEmpty()) {
                throw new NotFound(
                        new Subject("image", name.familiar()),
                        "An image does not exist locally with the tag: " + name.familiarName());
            }
            return all;
        }
        if (store.find(name.full()).isEmpty()) {
            throw new NotFound(
                    new Subject("image", name.familiar()),
                    store.namesInRepository(name.familiarName()).isEmpty()
                            ? "An image does not exist locally with the tag: " + name.familiarName()
                            : "tag does not exist: " + name.familiar());
        }
        return List.of(name);
    }

    /// Pushes one tag.
    ///
    /// @param canceled set it to end the push early
    /// @throws dev.carafe.base.CarafeException as {@link Repository}
    public Pushed push(
            ImageReference name,
            Credentials credentials,
            AtomicBoolean canceled,
            PushProgress progress) {
        Image image = store.get(name.full());
        return push(image, ImageForm.AS_IT_IS, name, credentials, canceled, progress);
    }

    /// Pushes an image, named here or not, in a form of its own.
    ///
    /// @param name without a tag, it is pushed by its digest alone
    public Pushed push(
            Image image,
            ImageForm form,
            ImageReference name,
            Credentials credentials,
            AtomicBoolean canceled,
            PushProgress progress) {
        if (form.needsIndex()) {
            return pushAsOne(Map.of(image, form), Map.of(), name, credentials, canceled, progress);
        }
        try (Repository repository = registries.open(name, credentials);
                LayerHold hold = store.hold()) {
            Publisher publisher = repository.publisher();
            Document manifest = parts(publisher, name, image, form, hold, canceled, progress);
            Pushed pushed = publish(publisher, name, manifest);
            store.nameDigest(image, name.withDigest(pushed.digest()));
            progress.pushed(pushed);
            return pushed;
        }
    }

    /// Pushes images for several platforms as one, under an index, with what is said of them.
    ///
    /// @param images one for each platform, named or not, with its form
    /// @param annotations of the index
    /// @param name without a tag, the index is pushed by its digest alone
    public Pushed pushAsOne(
            Map<Image, ImageForm> images,
            Map<String, String> annotations,
            ImageReference name,
            Credentials credentials,
            AtomicBoolean canceled,
            PushProgress progress) {
        try (Repository repository = registries.open(name, credentials);
                LayerHold hold = store.hold()) {
            Publisher publisher = repository.publisher();
            List<Descriptor> entries = new ArrayList<>();
            List<Descriptor> attached = new ArrayList<>();
            images.forEach((image, form) -> {
                Document manifest = parts(publisher, name, image, form, hold, canceled, progress);
                publisher.manifest(manifest.digest().toString(), manifest.type(), manifest.bytes());
                entries.add(form.described(manifest.descriptor().withPlatform(image.platform())));
                form.attachments()
                        .forEach(one ->
                                attached.add(attach(publisher, one.to(manifest.descriptor()))));
            });
            entries.addAll(attached);
            byte[] index = OciJson.write(Index.class, Index.of(entries, annotations));
            Pushed pushed =
                    publish(
                            publisher,
                            name,
                            new Document(index, MediaTypes.OCI_INDEX, Digest.of(index)));
            images.keySet().stream()
                    .filter(image -> image.platform().fits(Platform.host()))
                    .forEach(image -> store.nameDigest(image, name.withDigest(pushed.digest())));
            progress.pushed(pushed);
            return pushed;
        }
    }

    private static Descriptor attach(Publisher publisher, Attached attached) {
        for (Part part : attached.blobs()) {
            if (publisher.size(Digest.of(part.bytes())).isEmpty()) {
                publisher.upload(part.mediaType(), part.bytes());
            }
        }
        Descriptor listed = attached.listed();
        publisher.manifest(listed.digest().toString(), listed.mediaType(), attached.manifest());
        return listed;
    }

    /// Sends what an image consists of.
    ///
    /// @return its manifest, not sent yet
    private Document parts(
            Publisher publisher,
            ImageReference name,
            Image image,
            ImageForm form,
            LayerHold hold,
            AtomicBoolean canceled,
            PushProgress progress) {
        image.layers().forEach(hold::keep);
        List<Descriptor> layers =
                new PushLayers(store, name, publisher, form.packing(), canceled, progress)
                        .push(store.layers(image), registries.options().effort().uploads());
        byte[] config = store.configBytes(image);
        if (publisher.size(image.id()).isEmpty()) {
            publisher.upload(MediaTypes.DOCKER_CONFIG, config);
        }
        return manifest(image, form, layers, config.length);
    }

    private static Pushed publish(Publisher publisher, ImageReference name, Document document) {
        String tag = name.tag() == null ? document.digest().toString() : name.tag();
        publisher.manifest(tag, document.type(), document.bytes());
        return new Pushed(tag, document.descriptor());
    }

    /// Sends layers that need be no image's: a build cache's.
    ///
    /// @param repository open for the target's name
    /// @return the layers as they are in the repository now, in the same order
    public List<Descriptor> layers(
            Repository repository,
            List<LayerInfo> layers,
            Packing packing,
            AtomicBoolean canceled,
            PushProgress progress) {
        try (LayerHold hold = store.hold()) {
            layers.forEach(layer -> hold.keep(layer.chainId()));
            return new PushLayers(
                            store,
                            repository.name(),
                            repository.publisher(),
                            packing,
                            canceled,
                            progress)
                    .push(layers, registries.options().effort().uploads());
        }
    }

    /// A repository to be pushed to, or read from; the caller closes it.
    public Repository open(ImageReference name, Credentials credentials) {
        return registries.open(name, credentials);
    }

    private Document manifest(
            Image image, ImageForm form, List<Descriptor> layers, int configLength) {
        byte[] known = store.manifestBytes(image);
        if (!form.isOwn() && digests(OciJson.manifest(known).layers()).equals(digests(layers))) {
            return new Document(known, image.manifest().mediaType(), Digest.of(known));
        }
        Descriptor config = Descriptor.of(MediaTypes.DOCKER_CONFIG, image.id(), configLength);
        Manifest made = form.manifest(config, layers);
        byte[] bytes = OciJson.write(Manifest.class, made);
        return new Document(bytes, String.valueOf(made.mediaType()), Digest.of(bytes));
    }

    private static List<Digest> digests(List<Descriptor> layers) {
        return layers.stream().map(Descriptor::digest).toList();
    }
}
