package dev.carafe.dockerapi.routes;

import dev.carafe.build.Built;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.build.client.RemoteCaches;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.InUse;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The caches in other places that our own client names for one build (`cacheimports`,
/// `cacheexports`, an extension).
///
/// @param caches made when a build names one
record WireCaches(
        Supplier<RemoteCaches> caches,
        ImageStore images,
        List<RemoteCaches.Place> from,
        List<RemoteCaches.Place> to) {
    /// Builds with what the caches have, and gives them what was made.
    ///
    /// @param names that lead to what was made
    List<Built> build(
            WireClient client,
            BuildWatcher watcher,
            List<ImageReference> names,
            Function<WireClient, List<Built>> work) {
        if (from.isEmpty() && to.isEmpty()) {
            return work.apply(client);
        }
        RemoteCaches all = caches.get();
        Instant begun = Instant.now();
        List<Built> made;
        try (RemoteCaches.Opened opened = all.open(from, client, watcher)) {
            made = work.apply(client.withCaches(opened.sources()));
        }
        List<UsedStep> used = made.stream().flatMap(one -> one.steps().stream()).toList();
        List<Built> results = made.stream().map(one -> inline(all, one, names, begun)).toList();
        all.write(to, used, client, watcher);
        return results;
    }

    private Built inline(RemoteCaches all, Built built, List<ImageReference> names, Instant begun) {
        Digest id = all.inline(built.id(), to, built.steps());
        if (id.equals(built.id())) {
            return built;
        }
        for (ImageReference name : names) {
            if (images.get(name.toString()).id().equals(built.id())) {
                images.tag(images.get(id.toString()), name);
            }
        }
        // the image without the cache, if nothing else wants it
        images.byId(built.id())
                .filter(Image::dangling)
                .filter(image -> !image.lastTagged().isBefore(begun))
                .ifPresent(
                        image -> images.remove(image.id().toString(), false, false, InUse.NOBODY));
        return new Built(built.platform(), id, built.steps(), built.materials(), built.epoch());
    }
}
