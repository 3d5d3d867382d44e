package dev.carafe.network;

import dev.carafe.linux.Fd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container that is about to start, and the networks that it wants to be on.
///
/// @param containerName for error messages
/// @param links ports of others on the network `bridge` that it may reach in any case
/// @param netns the container's namespace where it has one already; null: one is made
/// @param joins `host` and `none` only alone; with none the container has its loopback only
public record AttachRequest(
        String containerId,
        String containerName,
        List<JoinRequest> joins,
        List<PortBinding> ports,
        ResolverSettings resolver,
        List<LinkedPort> links,
        @Nullable Fd netns) {
    public AttachRequest(
            String containerId,
            String containerName,
            List<JoinRequest> joins,
            List<PortBinding> ports,
            ResolverSettings resolver) {
        this(containerId, containerName, joins, ports, resolver, List.of(), null);
    }

    public AttachRequest {
        joins = List.copyOf(joins);
        ports = List.copyOf(ports);
        links = List.copyOf(links);
    }

    /// One network, no ports, no wishes.
    public static AttachRequest of(String containerId, String network) {
        return new AttachRequest(
                containerId,
                containerId,
                List.of(JoinRequest.of(network)),
                List.of(),
                ResolverSettings.NONE);
    }

    /// The same, not on the network `bridge`.
    AttachRequest withoutDefault() {
        List<JoinRequest> others =
                joins.stream().filter(j -> !Network.isDefault(j.network())).toList();
        return new AttachRequest(containerId, containerName, others, ports, resolver, links, netns);
    }

    public AttachRequest publishing(PortBinding... published) {
        return new AttachRequest(
                containerId, containerName, joins, List.of(published), resolver, links, netns);
    }

    public AttachRequest resolving(
            List<String> servers, List<String> search, List<String> options) {
        return new AttachRequest(
                containerId,
                containerName,
                joins,
                ports,
                new ResolverSettings(servers, search, options),
                links,
                netns);
    }

    /// For a container that has made its namespace itself: it belongs to its user namespace.
    public AttachRequest into(Fd own) {
        return new AttachRequest(containerId, containerName, joins, ports, resolver, links, own);
    }

    AttachRequest linkedTo(LinkedPort... others) {
        return new AttachRequest(
                containerId, containerName, joins, ports, resolver, List.of(others), netns);
    }
}
