package dev.carafe.network;

import java.util.List;

/// A container that is about to start, and the networks that it wants to be on.
///
/// @param containerName for error messages
/// @param joins `host` and `none` only alone; with none the container has its loopback only
public record AttachRequest(
        String containerId,
        String containerName,
        List<JoinRequest> joins,
        List<PortBinding> ports,
        ResolverSettings resolver) {
    public AttachRequest {
        joins = List.copyOf(joins);
        ports = List.copyOf(ports);
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

    public AttachRequest publishing(PortBinding... published) {
        return new AttachRequest(containerId, containerName, joins, List.of(published), resolver);
    }

    public AttachRequest resolving(
            List<String> servers, List<String> search, List<String> options) {
        return new AttachRequest(
                containerId,
                containerName,
                joins,
                ports,
                new ResolverSettings(servers, search, options));
    }
}
