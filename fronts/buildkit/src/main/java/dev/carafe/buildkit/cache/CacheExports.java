package dev.carafe.buildkit.cache;

import dev.carafe.base.CarafeException;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.build.client.BuildClient;
import dev.carafe.buildkit.export.PackingOptions;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.buildkit.session.Session;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LayerHold;
import dev.carafe.images.NewImage;
import dev.carafe.images.Packing;
import dev.carafe.images.PushImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.Repository;
import dev.carafe.snapshots.LayerInfo;
import dev.carafe.snapshots.Snapshotter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Writes what a build's steps made to where other hosts find it (`--cache-to`).
public final class CacheExports {
    private static final String INLINE = "inline";

    private final ImageStore images;
    private final Snapshotter snapshots;
    private final PushImage pushes;

    public CacheExports(ImageStore images, Snapshotter snapshots, PushImage pushes) {
        this.images = images;
        this.snapshots = snapshots;
        this.pushes = pushes;
    }

    /// The image with the records of its steps in its configuration, when an inline cache is asked
    /// for; else the image itself.
    public Digest inline(Digest id, List<CacheOption> options, Collection<UsedStep> used) {
        if (options.stream().noneMatch(option -> option.type().equals(INLINE))) {
            return id;
        }
        Image image = images.get(id.toString());
        CachePlan plan = CachePlan.of(used, false, snapshots);
        byte[] records = CacheJson.write(plan.records(image.layers()));
        String config = new String(images.configBytes(image), StandardCharsets.UTF_8).strip();
        String with =
                config.substring(0, config.length() - 1)
                        + ",\""
                        + CacheConfig.INLINE
                        + "\":\""
                        + Base64.getEncoder().encodeToString(records)
                        + "\"}";
        List<Long> sizes = images.layers(image).stream().map(LayerInfo::tarBytes).toList();
        return images.add(NewImage.plain(with.getBytes(StandardCharsets.UTF_8), sizes, List.of()))
                .id();
    }

    /// @param session null for a client that has none
    /// @return what clients are told: `cache.manifest`
    /// @throws CarafeException when a cache can't be written, unless its `ignore-error` is set
    public Map<String, String> run(
            List<CacheOption> options,
            Collection<UsedStep> used,
            @Nullable Session session,
            BuildClient client,
            Progress progress) {
        Map<String, String> response = new HashMap<>();
        for (CacheOption option : options) {
            if (option.type().equals(INLINE)) {
                continue;
            }
            try {
                progress.step(
                        "exporting cache to " + named(option.type()),
                        part -> {
                            boolean all = option.attr("mode").equals("max");
                            CachePlan plan = CachePlan.of(used, all, snapshots);
                            part.done("preparing build cache for export", 0);
                            response.putAll(
                                    one(option, plan, session, client, progress.canceled(), part));
                            return "";
                        });
            } catch (CarafeException e) {
                if (!option.is("ignore-error", false)) {
                    throw e;
                }
            }
        }
        return response;
    }

    private static String named(String type) {
        return type.equals("local") ? "client directory" : type;
    }

    private Map<String, String> one(
            CacheOption option,
            CachePlan plan,
            @Nullable Session session,
            BuildClient client,
            AtomicBoolean canceled,
            Progress.Part part) {
        if (plan.layers().isEmpty()) {
            part.done("skipping cache export for empty result", 0);
            return Map.of();
        }
        return switch (option.type()) {
            case "registry" -> registry(option, plan, client, canceled, part);
            case "local" -> {
                ClientStore store = CacheImports.store(session, "local:" + option.attr("dest"));
                Packing packing = PackingOptions.of(option.attrs());
                yield write(option, plan, new FolderSink(snapshots, store, packing), part);
            }
            default ->
                    throw new NotImplemented(
                            "exporting a cache to "
                                    + option.type()
                                    + " is not supported: take registry, local or inline");
        };
    }

    private Map<String, String> registry(
            CacheOption option,
            CachePlan plan,
            BuildClient client,
            AtomicBoolean canceled,
            Progress.Part part) {
        ImageReference name = ImageReference.parse(option.attr("ref")).withDefaultTag();
        try (Repository repository = pushes.open(name, client.login(name.domain()))) {
            return write(
                    option,
                    plan,
                    new RegistrySink(
                            pushes, repository, PackingOptions.of(option.attrs()), canceled, part),
                    part);
        }
    }

    private Map<String, String> write(
            CacheOption option, CachePlan plan, CacheSink sink, Progress.Part part) {
        try (LayerHold hold = images.hold()) {
            plan.layers().forEach(layer -> hold.keep(layer.chainId()));
            CacheDocuments written =
                    CacheDocuments.write(plan, sink, option.is("image-manifest", true), part);
            return Map.of("cache.manifest", written.descriptorJson());
        }
    }
}
