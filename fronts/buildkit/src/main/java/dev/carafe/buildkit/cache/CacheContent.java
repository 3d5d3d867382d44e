package dev.carafe.buildkit.cache;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.build.cache.CacheRecord;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of one cache: a manifest or an index with a configuration of its own, or images with
/// records in their configurations (inline).
///
/// @param steps by key
/// @param foreign how many there are that another engine wrote
record CacheContent(Map<String, ImportedStep> steps, int foreign) {
    /// @param shown what the cache is called
    /// @throws InvalidArgument for documents that are none of a cache
    static CacheContent read(Blobs blobs, String shown) {
        Reader reader = new Reader(blobs, shown);
        try {
            reader.document(blobs.top());
        } catch (IllegalArgumentException | NullPointerException e) {
            // no base64, or a member that must be there is not
            throw new InvalidArgument(Subject.NONE, "no valid build cache: " + e.getMessage(), e);
        }
        return new CacheContent(Map.copyOf(reader.steps), reader.foreign);
    }

    private static final class Reader {
        private final Blobs blobs;
        private final String shown;
        private final Map<String, ImportedStep> steps = new HashMap<>();
        private int foreign;

        Reader(Blobs blobs, String shown) {
            this.blobs = blobs;
            this.shown = shown;
        }

        void document(Blobs.Document document) {
            String type = document.type();
            if (type.isEmpty()) {
                String told = OciJson.index(document.bytes()).mediaType();
                type = told == null ? "" : told;
            }
            if (MediaTypes.isIndex(type)) {
                index(OciJson.index(document.bytes()));
            } else {
                manifest(OciJson.manifest(document.bytes()));
            }
        }

        private void index(Index index) {
            List<Descriptor> layers = new ArrayList<>();
            Descriptor config = null;
            for (Descriptor entry : index.manifests()) {
                if (entry.mediaType().equals(CacheConfig.TYPE)) {
                    config = entry;
                } else {
                    layers.add(entry);
                }
            }
            if (config != null) {
                separate(config, layers);
                return;
            }
            for (Descriptor entry : layers) {
                if (MediaTypes.isManifest(entry.mediaType())) {
                    manifest(OciJson.manifest(blobs.document(entry.digest()).bytes()));
                }
            }
        }

        private void manifest(Manifest manifest) {
            if (manifest.config().mediaType().equals(CacheConfig.TYPE)) {
                separate(manifest.config(), manifest.layers());
            } else if (manifest.layers().stream()
                    .allMatch(l -> MediaTypes.isLayer(l.mediaType()))) {
                inline(manifest);
            }
        }

        private void separate(Descriptor config, List<Descriptor> blobsOfIt) {
            CacheConfig content = CacheJson.read(CacheConfig.class, blobs.small(config));
            Map<String, Descriptor> byDigest = new HashMap<>();
            blobsOfIt.forEach(blob -> byDigest.put(blob.digest().toString(), blob));
            List<ImportedStep.@Nullable Layer> layers = new ArrayList<>();
            for (CacheConfig.Layer layer : content.layers()) {
                Descriptor blob = byDigest.get(layer.blob());
                CacheConfig.Notes notes = layer.annotations();
                layers.add(blob == null || notes == null ? null : layer(blob, notes.diffID()));
            }
            content.records().forEach(step -> add(step, layers));
        }

        private void inline(Manifest manifest) {
            CacheJson.Image image =
                    CacheJson.read(CacheJson.Image.class, blobs.small(manifest.config()));
            CacheJson.RootFs root = image.rootfs();
            if (image.cache() == null || root == null) {
                return;
            }
            List<String> diffIds = root.diffIds();
            if (diffIds.size() != manifest.layers().size()) {
                throw new InvalidArgument("an image whose manifest is another's");
            }
            List<ImportedStep.@Nullable Layer> layers = new ArrayList<>();
            for (int i = 0; i < diffIds.size(); i++) {
                layers.add(layer(manifest.layers().get(i), diffIds.get(i)));
            }
            byte[] records = Base64.getDecoder().decode(image.cache());
            CacheJson.list(CacheConfig.Step.class, records).forEach(step -> add(step, layers));
        }

        private static ImportedStep.@Nullable Layer layer(
                Descriptor blob, @Nullable String diffId) {
            return diffId == null ? null : new ImportedStep.Layer(blob, Digest.parse(diffId));
        }

        private void add(CacheConfig.Step step, List<ImportedStep.@Nullable Layer> layers) {
            CacheConfig.Made made = step.step();
            if (made == null) {
                foreign++;
                return;
            }
            CacheRecord record =
                    new CacheRecord(
                            CacheRecord.VERSION,
                            step.key(),
                            made.parent() == null ? "" : made.parent(),
                            made.chain(),
                            made.bytes(),
                            made.createdAt(),
                            made.createdAt(),
                            0,
                            "imported from " + shown);
            List<CacheConfig.Result> results = step.layers();
            if (results == null || results.isEmpty()) {
                if (made.chain() == null) {
                    steps.put(step.key(), new ImportedStep(record, null));
                }
                return;
            }
            int place = results.getFirst().layer();
            ImportedStep.Layer layer =
                    place < 0 || place >= layers.size() ? null : layers.get(place);
            if (layer != null && made.chain() != null) {
                steps.put(step.key(), new ImportedStep(record, layer));
            }
        }
    }
}
