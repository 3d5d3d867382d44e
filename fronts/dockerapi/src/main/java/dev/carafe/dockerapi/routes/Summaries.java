package dev.carafe.dockerapi.routes;

import dev.carafe.base.CarafeException;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.wire.SummaryWire;
import dev.carafe.dockermodel.ContainerSummary;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.images.ImageStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lists of containers, with their images named as Docker does.
final class Summaries {
    private final ImageStore images;

    Summaries(ImageStore images) {
        this.images = images;
    }

    List<ContainerSummary> containers(
            List<dev.carafe.engine.view.ContainerSummary> containers, ApiVersion version) {
        Instant now = Instant.now();
        Map<String, String> ids = new HashMap<>();
        return containers.stream()
                .map(s -> SummaryWire.entry(s, imageName(s.container(), ids), now, version))
                .toList();
    }

    /// The name that the client gave, or the image's id when the name has moved to another image
    /// since.
    private String imageName(ContainerView container, Map<String, String> ids) {
        String name = container.imageName();
        return ids.computeIfAbsent(name, this::imageId).equals(container.imageId())
                ? name
                : container.imageId();
    }

    private String imageId(String name) {
        try {
            return images.find(name).map(i -> i.id().toString()).orElse("");
        } catch (CarafeException e) {
            return "";
        }
    }
}
