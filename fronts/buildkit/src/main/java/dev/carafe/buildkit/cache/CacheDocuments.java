package dev.carafe.buildkit.cache;

import dev.carafe.buildkit.progress.Progress;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A cache that has been written.
///
/// @param top its manifest or index
record CacheDocuments(Descriptor top) {
    /// Layers first, what names them last.
    ///
    /// @param asManifest as an image's manifest rather than an index; both are BuildKit's
    static CacheDocuments write(
            CachePlan plan, CacheSink sink, boolean asManifest, Progress.Part part) {
        List<Descriptor> layers = sink.layers(plan.layers());
        layers.forEach(layer -> part.done("writing layer " + layer.digest(), layer.size()));
        Descriptor config =
                sink.document(
                        CacheConfig.TYPE, CacheJson.write(CacheConfig.class, plan.config(layers)));
        part.done("writing config " + config.digest(), config.size());
        Descriptor top =
                asManifest
                        ? sink.top(
                                MediaTypes.OCI_MANIFEST,
                                OciJson.write(Manifest.class, Manifest.of(config, layers)))
                        : sink.top(
                                MediaTypes.OCI_INDEX,
                                OciJson.write(Index.class, Index.of(with(layers, config))));
        part.done(
                "writing cache " + (asManifest ? "image manifest " : "manifest ") + top.digest(),
                top.size());
        return new CacheDocuments(top);
    }

    private static List<Descriptor> with(List<Descriptor> layers, Descriptor config) {
        List<Descriptor> all = new ArrayList<>(layers);
        all.add(config);
        return all;
    }

    String descriptorJson() {
        return new String(OciJson.write(Descriptor.class, top), StandardCharsets.UTF_8);
    }
}
