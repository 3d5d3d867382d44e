package dev.carafe.network;

import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container's attachment as stored.
///
/// @param bootId the boot that it was made in; devices and rules of another one are gone
/// @param device of the first endpoint, in files of an earlier version; else null
/// @param ports published now, with their real host ports
/// @param wanted ports to be published whenever a network allows it, as asked for; null in files of
///   an earlier version
/// @param names how it resolves names; null in files of an earlier version
/// @param links what it may reach of others; null in files of an earlier version
@Json
record AttachmentRecord(
        String bootId,
        String containerId,
        @Nullable String device,
        List<Endpoint> endpoints,
        List<PortBinding> ports,
        @Nullable List<PortBinding> wanted,
        @Nullable ResolverSettings names,
        @Nullable List<LinkedPort> links) {
    AttachmentRecord {
        endpoints = withDevice(endpoints, device);
        ports = List.copyOf(ports);
        wanted = wanted == null ? ports : List.copyOf(wanted);
        device = null;
    }

    private static List<Endpoint> withDevice(List<Endpoint> endpoints, @Nullable String device) {
        if (device == null || device.isEmpty() || endpoints.isEmpty()) {
            return List.copyOf(endpoints);
        }
        List<Endpoint> all = new ArrayList<>(endpoints);
        all.set(0, all.getFirst().on(device));
        return List.copyOf(all);
    }

    static AttachmentRecord of(
            String bootId,
            String containerId,
            List<Endpoint> endpoints,
            List<PortBinding> ports,
            List<PortBinding> wanted,
            ResolverSettings names) {
        return new AttachmentRecord(
                bootId, containerId, null, endpoints, ports, wanted, names, null);
    }

    AttachmentRecord with(List<Endpoint> newEndpoints, List<PortBinding> newPorts) {
        return of(bootId, containerId, newEndpoints, newPorts, wantedPorts(), resolver())
                .linkedTo(linkedPorts());
    }

    AttachmentRecord wanting(List<PortBinding> newWanted) {
        return of(bootId, containerId, endpoints, ports, newWanted, resolver())
                .linkedTo(linkedPorts());
    }

    AttachmentRecord linkedTo(List<LinkedPort> others) {
        return new AttachmentRecord(
                bootId, containerId, null, endpoints, ports, wanted, names, others);
    }

    List<LinkedPort> linkedPorts() {
        return links == null ? List.of() : links;
    }

    List<PortBinding> wantedPorts() {
        return wanted == null ? List.of() : wanted;
    }

    ResolverSettings resolver() {
        return names == null ? ResolverSettings.NONE : names;
    }

    Attached attached() {
        return new Attached(containerId, endpoints, ports);
    }

    Optional<Endpoint> on(String networkId) {
        return endpoints.stream().filter(e -> e.networkId().equals(networkId)).findFirst();
    }

    boolean hasDevices() {
        return endpoints.stream().anyMatch(Endpoint::isAddressed);
    }
}
