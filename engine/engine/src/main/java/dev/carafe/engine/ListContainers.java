package dev.carafe.engine;

import dev.carafe.base.NotFound;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.LinkNames;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.container.Views;
import dev.carafe.engine.view.ContainerSummary;
import dev.carafe.snapshots.tree.MeasuredSizes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Lists containers, newest first. Engine API GET /containers/json.
public final class ListContainers {
    private final Rooms rooms;
    private final Containers containers;
    private final Views views;
    private final MeasuredSizes sizes;

    /// @param sizes of this engine's writable layers
    ListContainers(Rooms rooms, Views views, MeasuredSizes sizes) {
        this.rooms = rooms;
        this.sizes = sizes;
        this.containers = rooms.containers();
        this.views = views;
    }

    /// @param all also those that do not run
    /// @param limit the newest so many (implies all); 0 or less: no limit
    /// @param size with their disk use
    /// @param filters Docker's keys
    public record Query(boolean all, int limit, boolean size, Map<String, Set<String>> filters) {}

    /// @throws dev.carafe.base.InvalidArgument an unknown filter
    public List<ContainerSummary> list(Query query) {
        Predicate<Container> wanted = ContainerFilters.of(query.filters(), rooms);
        boolean all =
                query.all()
                        || query.limit() > 0
                        || query.filters().containsKey("status")
                        || query.filters().containsKey("exited");
        List<Container> linking =
                containers.all().stream()
                        .filter(c -> !c.record().host().network().links().isEmpty())
                        .toList();
        return containers.all().stream()
                .filter(c -> all || c.state().isRunning() || c.state().word().equals("restarting"))
                .filter(wanted)
                .limit(query.limit() > 0 ? query.limit() : Long.MAX_VALUE)
                .map(c -> summary(c, linking, query.size()))
                .toList();
    }

    private ContainerSummary summary(Container container, List<Container> linking, boolean size) {
        List<String> links = LinkNames.ofOthers(container, linking);
        if (!size) {
            return new ContainerSummary(views.brief(container), links, null);
        }
        long writable = sizes.of(container.id(), () -> writable(container));
        return new ContainerSummary(
                views.brief(container),
                links,
                new ContainerSummary.Sizes(writable, writable + container.record().imageBytes()));
    }

    /// 0 for one that is being removed.
    private long writable(Container container) {
        try {
            return rooms.snapshots().usageBytes(container.id());
        } catch (NotFound e) {
            return 0;
        }
    }
}
