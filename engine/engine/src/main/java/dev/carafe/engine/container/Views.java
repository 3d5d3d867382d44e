package dev.carafe.engine.container;

import dev.carafe.base.NotFound;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.logs.LogDrivers;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.NetworkAttachment;
import dev.carafe.engine.view.PublishedPort;
import dev.carafe.network.Attached;
import dev.carafe.network.Endpoint;
import dev.carafe.snapshots.OverlayDirs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Shows containers to readers.
public final class Views {
    private final Rooms rooms;

    public Views(Rooms rooms) {
        this.rooms = rooms;
    }

    /// For lists: without the folders of its root and its execs.
    public ContainerView brief(Container container) {
        return view(container.record(), Map.of(), List.of());
    }

    public ContainerView full(Container container, List<String> execIds) {
        return view(container.record(), layers(container.id()), execIds);
    }

    private ContainerView view(
            ContainerRecord record, Map<String, String> layers, List<String> execIds) {
        Optional<Attached> attached = rooms.networks().attached(record.id());
        List<String> words = record.commandLine();
        return new ContainerView(
                record.id(),
                record.name(),
                record.created(),
                words.isEmpty() ? "" : words.getFirst(),
                words.isEmpty() ? List.of() : words.subList(1, words.size()),
                record.state(),
                record.health(),
                record.oomKilled(),
                record.imageId(),
                record.config(),
                LinkNames.shown(record, rooms.containers()),
                record.networking(),
                networks(record, attached),
                attached.map(Attached::ports).orElse(List.of()).stream()
                        .map(p ->
                                new PublishedPort(
                                        p.containerPort(), p.protocol(), p.hostIp(), p.hostPort()))
                        .toList(),
                attached.isPresent() ? record.id() : "",
                record.mounts().stream().filter(m -> m.listed()).map(m -> m.view()).toList(),
                record.state() instanceof ContainerState.Created
                        ? ContainerView.Files.NONE
                        : files(record),
                record.restartCount(),
                "overlay2",
                layers,
                execIds,
                record.platform());
    }

    private ContainerView.Files files(ContainerRecord record) {
        ContainerFiles files = rooms.files();
        return new ContainerView.Files(
                files.hostname(record.id()),
                files.hosts(record.id()),
                files.resolvConf(record.id()),
                LogDrivers.file(record.host().log(), files.folder(record.id()), record.id()));
    }

    private Map<String, NetworkAttachment> networks(
            ContainerRecord record, Optional<Attached> attached) {
        Map<String, NetworkAttachment> all = new LinkedHashMap<>();
        Memberships.of(record, rooms.networks())
                .endpoints()
                .forEach((network, settings) ->
                        all.put(
                                network,
                                record.state() instanceof ContainerState.Created
                                        ? NetworkAttachment.planned(settings)
                                        : NetworkAttachment.without(
                                                networkId(record, network), settings)));
        for (Endpoint e : attached.map(Attached::endpoints).orElse(List.of())) {
            NetworkAttachment asked = all.get(e.networkName());
            EndpointSettings settings = asked == null ? EndpointSettings.none() : asked.settings();
            all.put(e.networkName(), NetworkAttachment.of(e, settings));
        }
        return all;
    }

    /// Empty before the first start.
    private String networkId(ContainerRecord record, String network) {
        if (!(record.state() instanceof ContainerState.Exited)) {
            return "";
        }
        try {
            return rooms.networks().get(network).id();
        } catch (NotFound e) {
            return "";
        }
    }

    private Map<String, String> layers(String id) {
        OverlayDirs dirs = rooms.snapshots().dirs(id);
        Map<String, String> layers = new LinkedHashMap<>();
        layers.put(
                "LowerDir",
                dirs.lower().stream().map(Path::toString).collect(Collectors.joining(":")));
        layers.put("MergedDir", dirs.upper().resolveSibling("merged").toString());
        layers.put("UpperDir", dirs.upper().toString());
        layers.put("WorkDir", dirs.work().toString());
        return layers;
    }
}
