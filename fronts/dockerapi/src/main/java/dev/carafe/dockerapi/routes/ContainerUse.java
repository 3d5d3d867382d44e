package dev.carafe.dockerapi.routes;

import dev.carafe.engine.Engine;
import dev.carafe.engine.ListContainers;
import dev.carafe.engine.view.ContainerSummary;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.images.InUse;
import dev.carafe.oci.Digest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which containers use an image, for removals and counts.
final class ContainerUse implements InUse {
    private final Engine engine;

    ContainerUse(Engine engine) {
        this.engine = engine;
    }

    private List<ContainerSummary> all() {
        return engine.listContainers().list(new ListContainers.Query(true, 0, false, Map.of()));
    }

    @Override
    public List<User> users(Digest image) {
        String id = image.toString();
        return all().stream()
                .filter(c -> c.container().imageId().equals(id) || mounts(c.container(), id))
                .map(c -> new User(c.container().id(), c.container().state().isRunning()))
                .sorted(Comparator.comparing(User::running).reversed())
                .toList();
    }

    private static boolean mounts(ContainerView container, String image) {
        return container.mounts().stream()
                .anyMatch(m -> m.type().equals("image") && m.source().equals(image));
    }

    /// Image id to the number of its containers.
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        all().forEach(c -> counts.merge(c.container().imageId(), 1, Integer::sum));
        return counts;
    }
}
