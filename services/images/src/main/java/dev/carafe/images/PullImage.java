package dev.carafe.images;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.PullProgress.Step;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.registry.BlobStream;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.Repository;
import dev.carafe.registry.Repository.Document;
import dev.carafe.snapshots.ChainId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Brings images in from registries: finds the manifest, fetches what layers are missing, and only
/// then adds the image and its names (Engine API POST /images/create?fromImage). Make one and keep
/// it: pulls that go on at the same time share their layers. A failed or cancelled pull leaves
/// nothing. Thread-safe.
public final class PullImage {
    private static final int MAX_DEPTH = 3;

    private final ImageStore store;
    private final Registries registries;
    private final LayerFetches fetches;

    public PullImage(ImageStore store, Registries registries) {
        this.store = store;
        this.registries = registries;
        this.fetches = new LayerFetches(store.snapshots());
    }

    /// One pull's circumstances.
    ///
    /// @param platform null for this machine's
    /// @param canceled set it to end the pull early
    public record Request(
            ImageReference image,
            @Nullable Platform platform,
            Credentials credentials,
            AtomicBoolean canceled) {

        public Request withImage(ImageReference other) {
            return new Request(other, platform, credentials, canceled);
        }
    }

    /// @throws CarafeException as {@link Repository}, with docker's sentences; {@link
    ///   dev.carafe.base.NotFound} also when there is nothing for the platform
    public Pulled pull(Request request, PullProgress progress) {
        ImageReference image = request.image.withDefaultTag();
        PullEvent event = new PullEvent(image.toString());
        try {
            Repository repository = registries.open(image, request.credentials);
            try (Pull pull = new Pull(request, image, repository, progress)) {
                Pulled pulled = pull.run();
                event.digest = pulled.digest().toString();
                return pulled;
            }
        } finally {
            event.commit();
        }
    }

    /// Every tag of the repository.
    public List<String> tags(Request request) {
        try (Repository repository = registries.open(request.image, request.credentials)) {
            return repository.tags();
        }
    }

    /// One pull under way.
    private final class Pull implements AutoCloseable, LayerFetch.Source {
        private final ImageReference image;
        private final Platform platform;
        private final Repository repository;
        private final PullProgress progress;
        private final PullEvents events;
        private final List<LayerFetch> mine = new ArrayList<>();
        private final LayerHold hold = store.hold();

        Pull(Request request, ImageReference image, Repository repository, PullProgress progress) {
            this.image = image;
            this.platform = request.platform == null ? Platform.host() : request.platform;
            this.repository = repository;
            this.progress = progress;
            this.events = new PullEvents(request.canceled);
        }

        Pulled run() {
            Document top = repository.manifest(image);
            progress.found(image);
            Document chosen = chosen(top, 0);
            Manifest manifest = OciJson.manifest(chosen.bytes());
            byte[] config = config(manifest);
            ImageConfig parsed = OciJson.config(config);
            layers(manifest, parsed);
            Pulled pulled = add(top, chosen, config);
            for (int i = 0; i < manifest.layers().size(); i++) {
                store.layerBlobs()
                        .add(
                                parsed.rootfs().diffIds().get(i),
                                image.fullName(),
                                manifest.layers().get(i));
            }
            return pulled;
        }

        private Document chosen(Document document, int depth) {
            if (!MediaTypes.isIndex(document.type())) {
                return document;
            }
            if (depth == MAX_DEPTH) {
                throw new InvalidArgument(
                        new Subject("image", image.familiar()), "indexes within indexes", null);
            }
            Descriptor entry = PlatformChoice.choose(OciJson.index(document.bytes()), platform);
            return chosen(repository.manifest(image.withDigest(entry.digest())), depth + 1);
        }

        private byte[] config(Manifest manifest) {
            String type = manifest.config().mediaType();
            if (!type.equals(MediaTypes.OCI_CONFIG) && !type.equals(MediaTypes.DOCKER_CONFIG)) {
                throw new InvalidArgument(
                        new Subject("image", image.familiar()),
                        image.familiar()
                                + " is no container image, its configuration is of type "
                                + type,
                        null);
            }
            return repository.small(image, manifest.config(), ImageStore.MAX_DOCUMENT);
        }

        /// Returns when all layers are there.
        private void layers(Manifest manifest, ImageConfig config) {
            List<Digest> diffIds = config.rootfs().diffIds();
            List<Descriptor> blobs = manifest.layers();
            if (diffIds.size() != blobs.size()) {
                throw new InvalidArgument(
                        "the manifest has %d layers, the configuration %d"
                                .formatted(blobs.size(), diffIds.size()));
            }
            List<ChainId> chain = ImageStore.chain(config);
            chain.forEach(hold::keep);
            int there = 0;
            while (there < chain.size() && store.snapshots().exists(chain.get(there))) {
                there++;
            }
            if (there == chain.size() && store.byId(manifest.config().digest()).isPresent()) {
                return;
            }
            for (int i = 0; i < blobs.size(); i++) {
                progress.layer(blobs.get(i).digest(), i < there ? Step.EXISTS : Step.WAITING, 0, 0);
            }
            fetch(there, blobs, diffIds, chain);
        }

        private void fetch(
                int from, List<Descriptor> blobs, List<Digest> diffIds, List<ChainId> chain) {
            LayerFetch below = null;
            for (int i = from; i < blobs.size(); i++) {
                if (!MediaTypes.isLayer(blobs.get(i).mediaType())) {
                    throw new InvalidArgument(
                            "unsupported layer media type \"" + blobs.get(i).mediaType() + "\"");
                }
                below =
                        fetches.join(
                                blobs.get(i),
                                i == 0 ? null : chain.get(i - 1),
                                diffIds.get(i),
                                below,
                                this,
                                events,
                                registries.options().effort().downloads());
                mine.add(below);
            }
            events.follow(progress, this::over);
            for (LayerFetch fetch : mine) {
                join(fetch.done());
            }
        }

        /// All is there, or one has failed.
        private boolean over() {
            boolean failed =
                    mine.stream().anyMatch(fetch -> fetch.done().isCompletedExceptionally());
            return failed || mine.stream().allMatch(fetch -> fetch.done().isDone());
        }

        /// The first failure, in the layers' order, that is not a consequence of another.
        private void join(CompletableFuture<Void> done) {
            try {
                if (done.isDone()) {
                    done.join();
                }
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }

        private Pulled add(Document top, Document chosen, byte[] config) {
            Digest id = Digest.of(config);
            boolean before =
                    store.find(image.full()).map(known -> known.id().equals(id)).orElse(false);
            List<ImageReference> names = new ArrayList<>();
            if (image.digest() == null) {
                names.add(image);
            }
            names.add(image.withDigest(top.digest()));
            store.add(new NewImage(config, chosen.bytes(), chosen.type(), names));
            return new Pulled(image, top.digest(), id, !before);
        }

        @Override
        public BlobStream open(Descriptor blob) {
            return repository.blob(blob);
        }

        @Override
        public RuntimeException failed(IOException failure) {
            return repository.failed(image, failure);
        }

        /// Gives up what nobody else wants, and waits for its end, so that nothing is left behind.
        @Override
        public void close() {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (LayerFetch fetch : mine.reversed()) {
                boolean ending = fetches.leave(fetch, events);
                all.add(fetch.done());
                if (ending) {
                    fetch.done().exceptionally(e -> null).join();
                }
            }
            // others may go on with what this pull began, and need its connections
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .whenComplete((v, e) -> repository.close());
            hold.close();
        }
    }
}
