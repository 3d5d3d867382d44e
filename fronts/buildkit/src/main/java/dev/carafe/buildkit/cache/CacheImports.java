package dev.carafe.buildkit.cache;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Undo;
import dev.carafe.build.cache.CacheSource;
import dev.carafe.build.client.BuildClient;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.buildkit.session.Session;
import dev.carafe.images.PushImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.snapshots.Snapshotter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the caches of `--cache-from` hold. One that can't be read is told and left out, as BuildKit
/// does. Thread-safe; closed after the build.
public final class CacheImports implements AutoCloseable {
    private final List<CacheSource> sources = new ArrayList<>();
    private final Snapshotter snapshots;
    private final Undo undo = new Undo();

    private CacheImports(Snapshotter snapshots) {
        this.snapshots = snapshots;
    }

    /// The options that clients give a front end, in both of their forms.
    ///
    /// @param attrs `cache-imports` as JSON, or `cache-from` as references
    public static List<CacheOption> options(Map<String, String> attrs) {
        String imports = attrs.getOrDefault("cache-imports", "");
        if (!imports.isEmpty()) {
            return CacheJson.list(CacheOption.class, imports.getBytes(StandardCharsets.UTF_8));
        }
        List<CacheOption> options = new ArrayList<>();
        for (String name : attrs.getOrDefault("cache-from", "").split(",")) {
            if (!name.isBlank()) {
                options.add(new CacheOption("registry", Map.of("ref", name.strip())));
            }
        }
        return options;
    }

    /// Reads the caches. Blocks.
    ///
    /// @param session null for a client that has none
    public static CacheImports open(
            List<CacheOption> options,
            PushImage registries,
            Snapshotter snapshots,
            @Nullable Session session,
            BuildClient client,
            Progress progress) {
        CacheImports imports = new CacheImports(snapshots);
        Set<CacheOption> seen = new HashSet<>();
        try {
            for (CacheOption option : options) {
                if (seen.add(option)) {
                    imports.read(option, registries, session, client, progress);
                }
            }
            return imports;
        } catch (RuntimeException e) {
            imports.close();
            throw e;
        }
    }

    private void read(
            CacheOption option,
            PushImage registries,
            @Nullable Session session,
            BuildClient client,
            Progress progress) {
        try {
            progress.step(
                    "importing cache manifest from " + option.shown(),
                    part -> {
                        Blobs blobs = blobs(option, registries, session, client);
                        undo.push(blobs::close);
                        CacheContent content = CacheContent.read(blobs, option.shown());
                        part.done(content.steps().size() + " steps of this engine's", 0);
                        sources.add(new ImportedCache(content, blobs, snapshots, progress));
                        if (content.foreign() > 0 && content.steps().isEmpty()) {
                            progress.warns(
                                    "The cache "
                                            + option.shown()
                                            + " was made by another BuildKit, whose keys are"
                                            + " others: none of its steps are taken");
                        }
                        return content;
                    });
        } catch (CarafeException e) {
            // the build goes on without it; the step has shown why
        }
    }

    private static Blobs blobs(
            CacheOption option,
            PushImage registries,
            @Nullable Session session,
            BuildClient client) {
        return switch (option.type()) {
            case "registry" -> {
                if (option.attr("ref").isEmpty()) {
                    throw new InvalidArgument("registry cache importer requires ref");
                }
                ImageReference name = ImageReference.parse(option.attr("ref")).withDefaultTag();
                yield new RegistryBlobs(registries.open(name, client.login(name.domain())), name);
            }
            case "local" -> {
                if (option.attr("digest").isEmpty()) {
                    throw new InvalidArgument("local cache importer requires explicit digest");
                }
                yield new ClientBlobs(
                        store(session, "local:" + option.attr("src")),
                        Digest.parse(option.attr("digest")));
            }
            default ->
                    throw new NotImplemented(
                            "importing a cache of type "
                                    + option.type()
                                    + " is not supported: take registry or local");
        };
    }

    static ClientStore store(@Nullable Session session, String name) {
        if (session == null) {
            throw new NotImplemented(
                    "a cache in a folder (type=local) is read and written by docker buildx build;"
                            + " carafe build takes registry and inline");
        }
        return new ClientStore(session, name);
    }

    /// In the client's order.
    public List<CacheSource> sources() {
        return List.copyOf(sources);
    }

    @Override
    public void close() {
        undo.close();
    }
}
