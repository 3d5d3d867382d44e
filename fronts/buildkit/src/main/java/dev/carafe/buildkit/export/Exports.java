package dev.carafe.buildkit.export;

import dev.carafe.base.CarafeException;
import dev.carafe.base.NotImplemented;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientOutput;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.buildkit.wire.control.Exporter;
import dev.carafe.buildkit.wire.control.SolveRequest;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.InUse;
import dev.carafe.images.PushImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.Snapshotter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Hands an image to each of a build's outputs.
public final class Exports {
    private static final Set<String> STORED = Set.of("image", "moby", "");

    private final BiConsumer<Image, List<ImageReference>> naming;
    private final ImageStore images;
    private final Snapshotter snapshots;
    private final PushImage pushes;

    public Exports(
            ImageStore images,
            Snapshotter snapshots,
            PushImage pushes,
            BiConsumer<Image, List<ImageReference>> naming) {
        this.naming = naming;
        this.images = images;
        this.snapshots = snapshots;
        this.pushes = pushes;
    }

    /// A build's result for one platform.
    ///
    /// @param built what was built
    /// @param id what is exported, which differs when something was added to it
    public record Result(Platform platform, Digest built, Digest id) {}

    /// The configuration of what was built, as it was written.
    public byte[] configuration(Digest id) {
        return images.configBytes(images.get(id.toString()));
    }

    /// @param results the one that a single image is taken from first
    /// @return what clients are told of the result, by BuildKit's names
    public Map<String, String> run(
            List<Result> results,
            SolveRequest request,
            Session session,
            SessionClient client,
            Progress progress) {
        Map<String, String> response = new HashMap<>();
        List<Image> all =
                results.stream().map(result -> images.get(result.id().toString())).toList();
        List<Exporter> exporters = request.getExportersList();
        try {
            for (int i = 0; i < exporters.size(); i++) {
                ClientOutput output = new ClientOutput(session, i);
                response.putAll(one(all, exporters.get(i), session, output, client, progress));
            }
        } finally {
            boolean stored = exporters.stream().anyMatch(e -> STORED.contains(e.getType()));
            for (Result result : results) {
                if (!stored || results.size() > 1 || !result.built().equals(result.id())) {
                    images.byId(result.built()).ifPresent(before -> forget(before, progress));
                }
                if (!stored || results.size() > 1) {
                    images.byId(result.id()).ifPresent(image -> forget(image, progress));
                }
            }
        }
        return response;
    }

    private Map<String, String> one(
            List<Image> all,
            Exporter exporter,
            Session session,
            ClientOutput output,
            SessionClient client,
            Progress progress) {
        Map<String, String> attrs = exporter.getAttrsMap();
        FileOutput files = new FileOutput(images, snapshots, output, progress);
        return switch (exporter.getType()) {
            case "image", "moby" ->
                    new ImageOutput(images, pushes, client, progress, naming).run(all, attrs);
            case "docker", "oci" ->
                    "false".equals(attrs.get("tar"))
                            ? layout(all, attrs, session, progress)
                            : files.archive(exporter.getType(), all, attrs);
            case "tar" -> files.tar(all, isSplit(all, attrs));
            case "local" -> files.folder(all, isSplit(all, attrs));
            default ->
                    throw new NotImplemented(
                            "the output type " + exporter.getType() + " is not supported");
        };
    }

    private Map<String, String> layout(
            List<Image> all, Map<String, String> attrs, Session session, Progress progress) {
        ClientStore store = new ClientStore(session, "export");
        return new LayoutOutput(images, snapshots, store, progress)
                .run(all, new OutputForm(attrs), ImageOutput.names(attrs.getOrDefault("name", "")));
    }

    /// Whether each platform's files go into a folder of their own.
    private static boolean isSplit(List<Image> all, Map<String, String> attrs) {
        String asked = attrs.getOrDefault("platform-split", "");
        boolean several = all.size() > 1;
        if (several && asked.equals("false")) {
            throw new NotImplemented(
                    "platform-split=false is not supported for several platforms at once");
        }
        return several || asked.equals("true");
    }

    /// An image that nobody wanted in the store goes, if it came by this build and has no name.
    private void forget(Image image, Progress progress) {
        boolean fresh =
                images.byId(image.id())
                        .filter(Image::dangling)
                        .filter(now -> !now.lastTagged().isBefore(progress.begun()))
                        .isPresent();
        if (fresh) {
            try {
                images.remove(image.id().toString(), false, false, InUse.NOBODY);
            } catch (CarafeException e) {
                System.getLogger(Exports.class.getName())
                        .log(System.Logger.Level.DEBUG, "an image stays: " + e.getMessage());
            }
        }
    }
}
