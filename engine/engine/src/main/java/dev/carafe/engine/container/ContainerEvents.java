package dev.carafe.engine.container;

import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.network.Endpoint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells what happened to containers, with Docker's attributes: image, name and labels, then what
/// the action adds.
public final class ContainerEvents {
    private final EventBus bus;

    public ContainerEvents(EventBus bus) {
        this.bus = bus;
    }

    public void publish(ContainerRecord record, String action) {
        publish(record, action, Map.of());
    }

    public void publish(ContainerRecord record, String action, Map<String, String> more) {
        Map<String, String> attributes = new LinkedHashMap<>(more);
        attributes.put("image", record.config().image());
        attributes.put("name", record.name());
        attributes.putAll(record.config().labels());
        bus.publish(new Event("container", action, record.id(), attributes, Instant.now()));
    }

    /// @param action `connect` or `disconnect`
    public void network(String action, ContainerRecord record, List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("container", record.id());
            attributes.put("name", endpoint.networkName());
            attributes.put("type", endpoint.driver());
            bus.publish(
                    new Event("network", action, endpoint.networkId(), attributes, Instant.now()));
        }
    }

    /// Before a start, with where each volume lies in the container.
    void volumesMounted(ContainerRecord record) {
        for (PlannedMount mount : record.mounts()) {
            if (mount.isVolume()) {
                Map<String, String> attributes = new LinkedHashMap<>();
                attributes.put("container", record.id());
                attributes.put("destination", mount.destination());
                attributes.put("driver", mount.driver());
                attributes.put("propagation", mount.propagation());
                attributes.put("read/write", String.valueOf(mount.writable()));
                volume("mount", mount, attributes);
            }
        }
    }

    /// After the end.
    void volumesUnmounted(ContainerRecord record) {
        for (PlannedMount mount : record.mounts()) {
            if (mount.isVolume()) {
                volume(
                        "unmount",
                        mount,
                        Map.of("container", record.id(), "driver", mount.driver()));
            }
        }
    }

    private void volume(String action, PlannedMount mount, Map<String, String> attributes) {
        bus.publish(new Event("volume", action, mount.name(), attributes, Instant.now()));
    }
}
