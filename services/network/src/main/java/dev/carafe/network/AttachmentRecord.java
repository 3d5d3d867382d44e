package dev.carafe.network;

import io.avaje.jsonb.Json;
import java.util.List;

/// A container's attachment as stored.
///
/// @param bootId the boot that it was made in; devices and rules of another one are gone
/// @param device the host's end of the veth, empty without one
@Json
record AttachmentRecord(
        String bootId,
        String containerId,
        String device,
        List<Endpoint> endpoints,
        List<PortBinding> ports) {
    AttachmentRecord {
        endpoints = List.copyOf(endpoints);
        ports = List.copyOf(ports);
    }

    Attached attached() {
        return new Attached(containerId, endpoints, ports);
    }

    boolean on(String networkId) {
        return endpoints.stream().anyMatch(e -> e.networkId().equals(networkId));
    }
}
