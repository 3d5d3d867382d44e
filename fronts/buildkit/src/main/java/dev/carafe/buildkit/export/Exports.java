package dev.carafe.buildkit.export;

import dev.carafe.base.CarafeException;
import dev.carafe.base.NotImplemented;
import dev.carafe.buildkit.attest.Attestation;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientOutput;
import dev.carafe.buildkit.session.ClientStore;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.buildkit.wire.control.Exporter;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.InUse;
import dev.carafe.images.PushImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.Snapshotter;
import java.util.ArrayList;
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
    /// @param attestations said of it
    /// @param rewritten its layers whose times have a bound
    public record Result(
            Platform platform,
            Digest built,
            Digest id,
            List<Attestation> attestations,
            RewrittenLayers rewritten) {
        public Result {
            attestations = List.copyOf(attestations);
        }
    }

    /// What a client wants done with the results.
    public record Wanted(List<Exporter> exporters, Session session, SessionClient client) {
        public Wanted {
            exporters = List.copyOf(exporters);
        }

        /// Whether an image stays in the store.
        boolean stores() {
            return exporters.stream()
                    .anyMatch(exporter ->
                            STORED.contains(exporter.getType())
                                    && Switches.isOn(exporter.getAttrsMap(), "store", true));
        }
    }

    /// The configuration of what was built, as it was written.
    public byte[] configuration(Digest id) {
        return images.configBytes(images.get(id.toString()));
    }

    /// @param results the one that a single image is taken from first
    /// @return what clients are told of the result, by BuildKit's names
    public Map<String, String> run(List<Result> results, Wanted wanted, Progress progress) {
        Map<String, String> response = new HashMap<>();
        List<Image> all = new ArrayList<>();
        Map<Image, List<Attestation>> attestations = new HashMap<>();
        Map<Image, RewrittenLayers> rewritten = new HashMap<>();
        for (Result result : results) {
            Image image = images.get(result.id().toString());
            all.add(image);
            attestations.put(image, result.attestations());
            rewritten.put(image, result.rewritten());
        }
        try {
            for (int i = 0; i < wanted.exporters().size(); i++) {
                Exporter exporter = wanted.exporters().get(i);
                boolean clamped = rewritten.values().stream().anyMatch(RewrittenLayers::isBound);
                ImageOptions.warn(exporter.getAttrsMap(), clamped, progress);
                OutputForm form =
                        new OutputForm(
                                exporter.getType(),
                                exporter.getAttrsMap(),
                                attestations,
                                rewritten);
                response.putAll(one(all, i, wanted, form, progress));
            }
        } finally {
            boolean stored = wanted.stores();
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
            List<Image> all, int number, Wanted wanted, OutputForm form, Progress progress) {
        Exporter exporter = wanted.exporters().get(number);
        Map<String, String> attrs = exporter.getAttrsMap();
        ClientOutput output = new ClientOutput(wanted.session(), number);
        FileOutput files = new FileOutput(images, snapshots, output, progress);
        return switch (exporter.getType()) {
            case "image", "moby" ->
                    new ImageOutput(images, pushes, wanted.client(), progress, naming)
                            .run(all, attrs, form);
            case "docker", "oci" ->
                    Switches.isOn(attrs, "tar", true)
                            ? archive(all, exporter, files, form, progress)
                            : new LayoutOutput(
                                            images,
                                            snapshots,
                                            new ClientStore(wanted.session(), "export"),
                                            progress)
                                    .run(
                                            all,
                                            form,
                                            ImageOptions.names(attrs.getOrDefault("name", "")));
            case "tar" -> {
                unattested(form, "tar", progress);
                yield files.tar(all, isSplit(all, attrs));
            }
            case "local" -> {
                unattested(form, "local", progress);
                yield files.folder(all, isSplit(all, attrs));
            }
            default ->
                    throw new NotImplemented(
                            "the output type " + exporter.getType() + " is not supported");
        };
    }

    /// Archives for docker are plain, as its own are; it reads no attestations.
    private static Map<String, String> archive(
            List<Image> all,
            Exporter exporter,
            FileOutput files,
            OutputForm form,
            Progress progress) {
        boolean docker = exporter.getType().equals("docker");
        if (docker) {
            unattested(form, "docker", progress);
        }
        return files.archive(
                exporter.getType(),
                all,
                exporter.getAttrsMap(),
                docker ? form.unattested() : form.gzipped());
    }

    private static void unattested(OutputForm form, String type, Progress progress) {
        if (form.isAttested()) {
            progress.warns(
                    "Outputs of type "
                            + type
                            + " have no attestations: push, or write type=oci, to have them");
        }
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
