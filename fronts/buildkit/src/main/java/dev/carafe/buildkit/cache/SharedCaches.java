package dev.carafe.buildkit.cache;

import dev.carafe.build.cache.CacheSource;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.RemoteCaches;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.images.ImageStore;
import dev.carafe.images.PushImage;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.Snapshotter;
import java.util.Collection;
import java.util.List;

/// The caches of BuildKit's formats for clients that have no session: in registries and in images.
public final class SharedCaches implements RemoteCaches {
    private final Snapshotter snapshots;
    private final PushImage registries;
    private final CacheExports exports;

    public SharedCaches(ImageStore images, Snapshotter snapshots, PushImage registries) {
        this.snapshots = snapshots;
        this.registries = registries;
        this.exports = new CacheExports(images, snapshots, registries);
    }

    @Override
    public Opened open(List<Place> from, BuildClient client, BuildWatcher watcher) {
        CacheImports imports =
                CacheImports.open(
                        options(from),
                        registries,
                        snapshots,
                        null,
                        client,
                        Progress.beside(watcher));
        return new Opened() {
            @Override
            public List<CacheSource> sources() {
                return imports.sources();
            }

            @Override
            public void close() {
                imports.close();
            }
        };
    }

    @Override
    public Digest inline(Digest image, List<Place> to, Collection<UsedStep> used) {
        return exports.inline(image, options(to), used);
    }

    @Override
    public void write(
            List<Place> to, Collection<UsedStep> used, BuildClient client, BuildWatcher watcher) {
        exports.run(options(to), used, null, client, Progress.beside(watcher));
    }

    private static List<CacheOption> options(List<Place> places) {
        return places.stream().map(p -> new CacheOption(p.type(), p.attrs())).toList();
    }
}
