package dev.carafe.images;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.images.archive.Compression;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.oci.ImageConfig.RootFs;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.LayerInfo;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an image of one layer from a tar of a root file system (Engine API POST
/// /images/create?fromSrc).
public final class ImportImage {
    private final ImageStore store;
    private final Clock clock;

    public ImportImage(ImageStore store) {
        this(store, Clock.systemUTC());
    }

    ImportImage(ImageStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param tar maybe compressed; read to its end, not closed
    /// @param run the image's configuration
    /// @param message comment of the image and of its one history line
    /// @param name null for an image without name
    /// @param platform null for this machine's
    /// @throws InvalidArgument for what is no tar
    public Image run(
            InputStream tar,
            RunConfig run,
            String message,
            @Nullable ImageReference name,
            @Nullable Platform platform) {
        try (LayerHold hold = store.hold()) {
            AppliedLayer layer = unpack(tar);
            hold.keep(layer.chainId());
            long tarBytes =
                    store.snapshots().layer(layer.chainId()).map(LayerInfo::tarBytes).orElse(0L);
            byte[] config =
                    OciJson.write(
                            ImageConfig.class,
                            config(
                                    layer,
                                    run,
                                    message,
                                    platform == null ? Platform.host() : platform));
            List<ImageReference> names = name == null ? List.of() : List.of(name);
            Loaded added = store.add(NewImage.plain(config, List.of(tarBytes), names));
            return store.byId(added.id()).orElseThrow();
        }
    }

    private AppliedLayer unpack(InputStream tar) {
        try (InputStream plain =
                Compression.plain(
                        new FilterInputStream(tar) {
                            @Override
                            public void close() {}
                        })) {
            return store.snapshots().apply(null, plain);
        } catch (IOException e) {
            throw new InvalidArgument(Subject.NONE, "import: " + e.getMessage(), e);
        }
    }

    private ImageConfig config(
            AppliedLayer layer, RunConfig run, String message, Platform platform) {
        Instant now = clock.instant();
        return new ImageConfig(
                now,
                null,
                platform.architecture(),
                platform.variant(),
                platform.os(),
                null,
                null,
                run,
                new RootFs("layers", List.of(layer.diffId())),
                List.of(new History(now, null, null, message, false)),
                message,
                null);
    }
}
