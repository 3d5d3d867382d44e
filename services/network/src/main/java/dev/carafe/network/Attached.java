package dev.carafe.network;

import java.util.List;

/// A container's endpoints and published ports, as they stand.
public record Attached(String containerId, List<Endpoint> endpoints, List<PortBinding> ports) {
    public Attached {
        endpoints = List.copyOf(endpoints);
        ports = List.copyOf(ports);
    }
}
