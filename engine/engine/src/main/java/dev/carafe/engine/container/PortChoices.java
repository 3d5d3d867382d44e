package dev.carafe.engine.container;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.network.PortBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a container publishes.
final class PortChoices {
    private PortChoices() {}

    /// What to publish, one list for each choice that a range of host ports leaves.
    static List<List<PortBinding>> of(ContainerRecord record) {
        HostNetworkConfig network = record.host().network();
        Map<String, List<PortRequest>> wanted = new LinkedHashMap<>(network.portBindings());
        if (network.publishAllPorts()) {
            record.config().exposedPorts().forEach(port -> wanted.putIfAbsent(port, List.of()));
        }
        int width =
                wanted.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(p -> Range.parse(p.hostPort()).width())
                        .max()
                        .orElse(1);
        List<List<PortBinding>> choices = new ArrayList<>();
        for (int choice = 0; choice < width; choice++) {
            List<PortBinding> ports = new ArrayList<>();
            for (Map.Entry<String, List<PortRequest>> entry : wanted.entrySet()) {
                List<PortRequest> requests =
                        entry.getValue().isEmpty()
                                ? List.of(new PortRequest("", ""))
                                : entry.getValue();
                for (PortRequest request : requests) {
                    ports.add(binding(entry.getKey(), request, choice));
                }
            }
            // those that name their port get it before any other takes it
            ports.sort(Comparator.comparing(port -> port.hostPort() == 0));
            choices.add(ports);
        }
        return choices;
    }

    private static PortBinding binding(String port, PortRequest request, int choice) {
        int slash = port.indexOf('/');
        String protocol = slash < 0 ? "tcp" : port.substring(slash + 1);
        Range range = Range.parse(request.hostPort());
        int hostPort = range.first() + Math.min(choice, range.width() - 1);
        return new PortBinding(
                Range.parse(slash < 0 ? port : port.substring(0, slash)).first(),
                protocol,
                request.hostIp(),
                hostPort);
    }

    private record Range(int first, int width) {
        static Range parse(String text) {
            if (text.isEmpty()) {
                return new Range(0, 1);
            }
            try {
                int dash = text.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
                return new Range(first, Math.max(1, last - first + 1));
            } catch (NumberFormatException e) {
                throw new InvalidArgument("invalid port specification: \"" + text + "\"");
            }
        }
    }
}
