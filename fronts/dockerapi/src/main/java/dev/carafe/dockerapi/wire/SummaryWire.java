package dev.carafe.dockerapi.wire;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ContainerSummary;
import dev.carafe.dockermodel.Port;
import dev.carafe.dockermodel.SummaryHealth;
import dev.carafe.dockermodel.SummaryHostConfig;
import dev.carafe.dockermodel.SummaryNetworks;
import dev.carafe.engine.state.Health;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.PublishedPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Entries of `GET /containers/json`.
public final class SummaryWire {
    private SummaryWire() {}

    /// @param image how the list names the container's image: as the client did, or the id when
    ///   that name has moved on
    public static ContainerSummary entry(
            dev.carafe.engine.view.ContainerSummary s,
            String image,
            Instant now,
            ApiVersion version) {
        ContainerView c = s.container();
        var annotations =
                version.atLeast(46) ? Wire.nullIfEmpty(c.hostConfig().annotations()) : null;
        String mode = HostConfigWrite.networkMode(c.hostConfig().network().mode());
        return new ContainerSummary(
                c.id(),
                names(s),
                image,
                c.imageId(),
                command(c),
                c.created().getEpochSecond(),
                ports(c),
                s.sizes() == null ? null : s.sizes().writableBytes(),
                s.sizes() == null ? null : s.sizes().rootBytes(),
                c.config().labels(),
                StateWire.word(c.state()),
                StateWire.words(c.state(), c.health(), now),
                new SummaryHostConfig(mode, annotations),
                new SummaryNetworks(EndpointWire.networks(c, version)),
                InspectWire.mounts(c),
                null,
                version.atLeast(52) ? health(c.health()) : null);
    }

    private static List<String> names(dev.carafe.engine.view.ContainerSummary s) {
        List<String> names = new ArrayList<>();
        names.add("/" + s.container().name());
        names.addAll(s.linkNames());
        return names;
    }

    private static SummaryHealth health(@Nullable Health health) {
        return health == null
                ? new SummaryHealth("none", 0)
                : new SummaryHealth(health.status().word(), health.failingStreak());
    }

    /// The words, those with spaces in quotes.
    private static String command(ContainerView c) {
        if (c.args().isEmpty()) {
            return c.path();
        }
        return c.path()
                + c.args().stream()
                        .map(a -> a.indexOf(' ') < 0 ? a : "'" + a + "'")
                        .collect(Collectors.joining(" ", " ", ""));
    }

    private static List<Port> ports(ContainerView c) {
        List<Port> ports = new ArrayList<>();
        if (!c.state().isRunning()) {
            return ports;
        }
        Set<String> published = new HashSet<>();
        for (PublishedPort p : c.ports()) {
            Integer hostPort = p.hostPort() == 0 ? null : p.hostPort();
            ports.add(new Port(p.hostIp(), p.containerPort(), hostPort, p.protocol()));
            published.add(p.containerPort() + "/" + p.protocol());
        }
        for (String key : c.exposedPorts()) {
            String number = key.substring(0, key.indexOf('/'));
            if (!published.contains(key) && number.chars().allMatch(Character::isDigit)) {
                ports.add(
                        new Port(
                                null,
                                Integer.parseInt(number),
                                null,
                                key.substring(key.indexOf('/') + 1)));
            }
        }
        return ports;
    }
}
