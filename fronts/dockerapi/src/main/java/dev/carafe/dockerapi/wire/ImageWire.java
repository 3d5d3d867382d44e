package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;
import static dev.carafe.dockerapi.wire.Wire.set;
import static dev.carafe.dockerapi.wire.Wire.text;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ContainerConfig;
import dev.carafe.dockermodel.GraphDriver;
import dev.carafe.dockermodel.Healthcheck;
import dev.carafe.dockermodel.ImageDeleteItem;
import dev.carafe.dockermodel.ImageDescriptor;
import dev.carafe.dockermodel.ImageHistoryItem;
import dev.carafe.dockermodel.ImageInspect;
import dev.carafe.dockermodel.ImageMetadata;
import dev.carafe.dockermodel.ImageRootFs;
import dev.carafe.dockermodel.ImageSummary;
import dev.carafe.images.Image;
import dev.carafe.images.ImageHistory;
import dev.carafe.images.Removal;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.RunConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Images as the API shows them.
public final class ImageWire {
    private static final List<String> NO_TAG = List.of("<none>:<none>");
    private static final List<String> NO_DIGEST = List.of("<none>@<none>");

    private ImageWire() {}

    public static ImageInspect inspect(Image image, ApiVersion version) {
        var c = image.config();
        ImageInspect w = new ImageInspect();
        w.id = image.id().toString();
        w.repoTags = image.repoTags();
        w.repoDigests = image.repoDigests();
        w.parent = parent(image);
        w.comment = comment(c);
        w.created = Times.nano(image.created());
        w.dockerVersion = text(c.dockerVersion());
        w.author = text(c.author());
        w.config = config(c.config(), version);
        w.containerConfig = version.before(45) ? config(RunConfig.EMPTY, version) : null;
        w.container = version.before(45) ? "" : null;
        w.architecture = c.architecture();
        w.variant = nullIfEmpty(c.variant());
        w.os = c.os();
        w.osVersion = nullIfEmpty(c.osVersion());
        w.size = image.sizeBytes();
        w.virtualSize = version.before(44) ? image.sizeBytes() : null;
        w.graphDriver = new GraphDriver(null, "overlay2");
        w.rootFS =
                new ImageRootFs(
                        "layers", c.rootfs().diffIds().stream().map(Digest::toString).toList());
        w.metadata = new ImageMetadata(Times.nano(image.lastTagged()));
        w.descriptor = version.atLeast(48) ? descriptor(image) : null;
        return w;
    }

    /// The image's own, else that of its last step, as docker shows it.
    private static String comment(ImageConfig config) {
        String own = text(config.comment());
        return own.isEmpty() && !config.history().isEmpty()
                ? text(config.history().getLast().comment())
                : own;
    }

    private static String parent(Image image) {
        return image.parent() == null ? "" : image.parent().toString();
    }

    private static ImageDescriptor descriptor(Image image) {
        return new ImageDescriptor(
                image.manifest().mediaType(),
                image.manifest().digest().toString(),
                image.manifest().size(),
                null);
    }

    /// From 1.50 on only what an image's configuration can say; before, also the other fields of a
    /// container's, empty.
    private static ContainerConfig config(RunConfig c, ApiVersion version) {
        ContainerConfig w = new ContainerConfig();
        w.user = text(c.user());
        w.exposedPorts = c.exposedPorts() == null ? null : set(c.exposedPorts().names());
        w.env = c.env();
        w.cmd = c.cmd();
        w.healthcheck = healthcheck(c.healthcheck());
        w.argsEscaped = c.argsEscaped();
        w.volumes = c.volumes() == null ? null : set(c.volumes().names());
        w.workingDir = text(c.workingDir());
        w.entrypoint = c.entrypoint();
        w.onBuild = c.onBuild();
        w.labels = c.labels();
        w.stopSignal = nullIfEmpty(c.stopSignal());
        w.shell = c.shell();
        if (version.before(50)) {
            w.hostname = text(c.hostname());
            w.domainname = text(c.domainname());
            w.attachStdin = false;
            w.attachStdout = false;
            w.attachStderr = false;
            w.tty = false;
            w.openStdin = false;
            w.stdinOnce = false;
            w.image = "";
        }
        return w;
    }

    private static @Nullable Healthcheck healthcheck(RunConfig.@Nullable Healthcheck h) {
        return h == null
                ? null
                : new Healthcheck(
                        h.test(),
                        unset(h.interval()),
                        unset(h.timeout()),
                        unset(h.startPeriod()),
                        unset(h.startInterval()),
                        h.retries() == 0 ? null : h.retries());
    }

    private static @Nullable Long unset(long nanos) {
        return nanos == 0 ? null : nanos;
    }

    /// An entry of `GET /images/json`.
    ///
    /// @param containers how many are made from it; shown from 1.51 on
    public static ImageSummary summary(Image image, int containers, ApiVersion version) {
        return measured(image, version.atLeast(51) ? containers : -1, -1, version);
    }

    /// An entry of `GET /system/df`.
    ///
    /// @param sharedBytes of layers that other images have too; -1 when not asked for
    public static ImageSummary measured(
            Image image, int containers, long sharedBytes, ApiVersion version) {
        boolean old = version.before(43);
        return new ImageSummary(
                containers,
                image.created().getEpochSecond(),
                image.id().toString(),
                image.config().config().labels(),
                parent(image),
                version.atLeast(48) ? descriptor(image) : null,
                old && image.repoDigests().isEmpty() && image.repoTags().isEmpty()
                        ? NO_DIGEST
                        : image.repoDigests(),
                old && image.repoTags().isEmpty() ? NO_TAG : image.repoTags(),
                sharedBytes,
                image.sizeBytes(),
                version.before(44) ? image.sizeBytes() : null);
    }

    public static ImageHistoryItem history(ImageHistory.Item item) {
        return new ImageHistoryItem(
                item.comment(),
                item.created() == null ? 0 : item.created().getEpochSecond(),
                item.createdBy(),
                item.id(),
                item.sizeBytes(),
                nullIfEmpty(item.tags()));
    }

    public static ImageDeleteItem removal(Removal removal) {
        return switch (removal) {
            case Removal.Untagged u -> new ImageDeleteItem(null, u.reference());
            case Removal.Deleted d -> new ImageDeleteItem(d.id(), null);
        };
    }
}
