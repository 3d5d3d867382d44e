package dev.carafe.images;

import dev.carafe.base.CarafeException;
import dev.carafe.content.ContentStore;
import dev.carafe.images.state.Catalog;
import dev.carafe.images.state.ImageRecord;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.OciJson;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.Snapshotter;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Checks that images, names, documents and layers fit together, and mends what can be mended: an
/// image that has lost a part goes with its names (it can be pulled again) unless a container uses
/// it, garbage goes. Pulls and builds may go on meanwhile. Thread-safe.
public final class CheckStore {
    private final ImageStore store;
    private final Snapshotter snapshots;
    private final ContentStore content;
    private final InUse use;

    public CheckStore(ImageStore store, InUse use) {
        this.store = store;
        this.snapshots = store.snapshots();
        this.content = store.content();
        this.use = use;
    }

    /// What to do.
    ///
    /// @param deep read every document and every layer and compare them with their digests
    /// @param repair mend what is found
    public record Request(boolean deep, boolean repair) {}

    public StoreReport check(Request request) {
        return new Run(request).check();
    }

    private final class Run {
        private final Request request;
        private final List<StoreFault> faults = new ArrayList<>();
        private final Set<ChainId> damaged = new HashSet<>();
        private int images;
        private int layers;
        private int blobs;

        Run(Request request) {
            this.request = request;
        }

        StoreReport check() {
            List<ChainId> all = snapshots.list();
            layers = all.size();
            if (request.deep) {
                all.forEach(this::readLayer);
            }
            synchronized (store.lock()) {
                files();
                store.catalog().images().forEach(this::image);
                garbage();
            }
            strays();
            return new StoreReport(images, layers, blobs, faults);
        }

        private void readLayer(ChainId layer) {
            try {
                snapshots.layerTar(layer, OutputStream.nullOutputStream());
            } catch (CarafeException e) {
                // it may have been removed meanwhile
                if (snapshots.exists(layer)) {
                    damaged.add(layer);
                }
            }
        }

        private void files() {
            Catalog catalog = store.catalog();
            for (Path file : catalog.unreadable()) {
                mend(
                        "file " + file.subpath(file.getNameCount() - 2, file.getNameCount()),
                        "can't be read as the state of an image or a name",
                        () -> catalog.removeUnreadable(file));
            }
        }

        private void image(ImageRecord record) {
            images++;
            String wrong = wrong(record);
            if (wrong.isEmpty()) {
                return;
            }
            String subject = "image " + record.id();
            if (use.users(record.id()).isEmpty()) {
                mend(subject, wrong, () -> store.dropBroken(record.id()));
            } else {
                faults.add(new StoreFault(subject, wrong + "; a container uses it", false));
            }
        }

        /// Empty when all is well.
        private String wrong(ImageRecord record) {
            byte[] config;
            byte[] manifest;
            try {
                config = content.read(record.id(), ImageStore.MAX_DOCUMENT);
                manifest = content.read(record.manifest().digest(), ImageStore.MAX_DOCUMENT);
            } catch (CarafeException e) {
                return e.text();
            }
            return contradiction(record, config, manifest);
        }

        private String contradiction(ImageRecord record, byte[] configBytes, byte[] manifestBytes) {
            try {
                Manifest manifest = OciJson.manifest(manifestBytes);
                ImageConfig config = OciJson.config(configBytes);
                if (!manifest.config().digest().equals(record.id())) {
                    return "its manifest is another image's";
                }
                for (ChainId layer : ImageStore.chain(config)) {
                    if (!snapshots.exists(layer)) {
                        return "layer " + layer + " is missing";
                    }
                    if (damaged.contains(layer)) {
                        return "the files of layer " + layer + " are damaged";
                    }
                }
                return "";
            } catch (CarafeException e) {
                return e.text();
            }
        }

        /// What nothing refers to; it goes by itself at the next start of the engine.
        private void garbage() {
            for (ChainId layer : store.unusedLayers()) {
                mend(
                        "layer " + layer,
                        "no image and no container needs it",
                        () -> snapshots.remove(layer));
            }
            Set<Digest> needed = store.documents();
            try (Stream<Digest> all = content.list()) {
                for (Digest blob : all.toList()) {
                    blobs++;
                    if (!needed.contains(blob) && !content.leased(blob)) {
                        mend(
                                "blob " + blob,
                                "no image needs it",
                                () -> content.deleteUnlessLeased(blob));
                    }
                }
            }
        }

        private void strays() {
            for (String stray : snapshots.strays()) {
                mend(
                        "directory " + stray,
                        "is among the layers, but is none",
                        () -> snapshots.removeStray(stray));
            }
        }

        private void mend(String subject, String text, Runnable mending) {
            if (!request.repair) {
                faults.add(new StoreFault(subject, text, false));
                return;
            }
            try {
                mending.run();
                faults.add(new StoreFault(subject, text, true));
            } catch (CarafeException e) {
                faults.add(new StoreFault(subject, text + "; " + e.text(), false));
            }
        }
    }
}
