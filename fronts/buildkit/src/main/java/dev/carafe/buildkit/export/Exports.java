package dev.carafe.buildkit.export;

import dev.carafe.base.NotImplemented;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.wire.control.Exporter;
import dev.carafe.buildkit.wire.control.SolveRequest;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Hands an image to each of a build's outputs.
public final class Exports {
    private final ImageStore images;

    public Exports(ImageStore images) {
        this.images = images;
    }

    /// @return what clients are told of the result, by BuildKit's names
    public Map<String, String> run(
            Digest id, SolveRequest request, Session session, Progress progress) {
        Map<String, String> response = new HashMap<>();
        Image image = images.get(id.toString());
        List<Exporter> exporters = request.getExportersList();
        for (int i = 0; i < exporters.size(); i++) {
            Exporter exporter = exporters.get(i);
            response.putAll(
                    switch (exporter.getType()) {
                        case "image", "moby" ->
                                new ImageOutput(images, progress)
                                        .run(image, exporter.getAttrsMap());
                        default ->
                                throw new NotImplemented(
                                        "the output type "
                                                + exporter.getType()
                                                + " is not supported");
                    });
        }
        return response;
    }
}
