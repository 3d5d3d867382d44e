package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.engine.spec.SpecInput;
import dev.carafe.linux.Fd;
import dev.carafe.network.AttachRequest;
import dev.carafe.network.Endpoint;
import dev.carafe.network.HostResolver;
import dev.carafe.network.HostsFile;
import dev.carafe.network.PortBinding;
import dev.carafe.network.ResolvConf;
import dev.carafe.network.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives a container about to start its network namespace and its three files of /etc.
final class NetworkSetup {
    private final Rooms rooms;

    NetworkSetup(Rooms rooms) {
        this.rooms = rooms;
    }

    /// @param netns to join; null: the host's, or what `path` says
    /// @param path of the namespace of another container, else null
    record Prepared(
            @Nullable Fd netns,
            @Nullable String path,
            List<Endpoint> endpoints,
            SpecInput.EtcFiles etc) {}

    Prepared prepare(ContainerRecord record, Undo undo) {
        String other = ContainerRecord.sharedWith(record.host().network().mode());
        return other == null ? own(record, undo) : shared(other);
    }

    private Prepared shared(String ref) {
        Container other = rooms.containers().get(ref);
        int pid = other.running().initPid();
        SpecInput.EtcFiles etc =
                new SpecInput.EtcFiles(
                        rooms.files().hostname(other.id()),
                        rooms.files().hosts(other.id()),
                        rooms.files().resolvConf(other.id()));
        return new Prepared(null, "/proc/" + pid + "/ns/net", List.of(), etc);
    }

    private Prepared own(ContainerRecord record, Undo undo) {
        Sandbox sandbox = attach(record);
        undo.push(() -> rooms.networks().detach(record.id()));
        undo.push(sandbox::close);
        return new Prepared(
                sandbox.netns(), null, sandbox.endpoints(), writeFiles(record, sandbox));
    }

    /// The network that a container joins first.
    static String networkName(ContainerRecord record) {
        String mode = record.config().networkDisabled() ? "none" : record.host().network().mode();
        return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
    }

    static EndpointSettings settings(ContainerRecord record, String network) {
        EndpointSettings asked = record.networking().endpoints().get(network);
        return asked == null ? EndpointSettings.none() : asked;
    }

    private Sandbox attach(ContainerRecord record) {
        List<List<PortBinding>> choices = portChoices(record);
        for (int i = 0; ; i++) {
            try {
                return rooms.networks().attach(request(record, choices.get(i)));
            } catch (Internal e) {
                // A range gives further choices while ports are taken.
                if (i + 1 >= choices.size() || !e.text().contains("already allocated")) {
                    throw e;
                }
            }
        }
    }

    private static AttachRequest request(ContainerRecord record, List<PortBinding> ports) {
        String network = networkName(record);
        EndpointSettings settings = settings(record, network);
        String mac =
                settings.macAddress() != null
                        ? settings.macAddress()
                        : record.config().macAddress();
        return new AttachRequest(
                record.id(),
                network,
                record.hostname(),
                settings.aliases(),
                ports,
                emptyToNull(settings.ipv4Address()),
                emptyToNull(mac),
                record.name());
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /// What to publish, one list for each choice that a range of host ports leaves.
    private static List<List<PortBinding>> portChoices(ContainerRecord record) {
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

    private SpecInput.EtcFiles writeFiles(ContainerRecord record, Sandbox sandbox) {
        ContainerFiles files = rooms.files();
        HostNetworkConfig network = record.host().network();
        boolean asked =
                !network.dns().isEmpty()
                        || !network.dnsSearch().isEmpty()
                        || !network.dnsOptions().isEmpty();
        String resolv =
                asked
                        ? ResolvConf.forContainer(
                                HostResolver.read(),
                                network.dns(),
                                network.dnsSearch(),
                                network.dnsOptions())
                        : sandbox.resolvConf();
        write(files.hostname(record.id()), record.hostname() + "\n");
        write(files.hosts(record.id()), hosts(record, sandbox.endpoints()));
        write(files.resolvConf(record.id()), resolv);
        return new SpecInput.EtcFiles(
                files.hostname(record.id()),
                files.hosts(record.id()),
                files.resolvConf(record.id()));
    }

    private static String hosts(ContainerRecord record, List<Endpoint> endpoints) {
        String gateway =
                endpoints.stream()
                        .map(Endpoint::gateway)
                        .filter(g -> !g.isEmpty())
                        .findFirst()
                        .orElse("");
        List<HostsFile.Entry> extra = new ArrayList<>();
        for (String line : record.host().network().extraHosts()) {
            int split = line.indexOf('=') > 0 ? line.indexOf('=') : line.indexOf(':');
            if (split <= 0) {
                throw new InvalidArgument("bad format for add-host: \"" + line + "\"");
            }
            String address = line.substring(split + 1);
            extra.add(
                    new HostsFile.Entry(
                            address.equals("host-gateway") ? gateway : address,
                            line.substring(0, split)));
        }
        if (!gateway.isEmpty()
                && extra.stream().noneMatch(e -> e.names().equals("host.docker.internal"))) {
            extra.add(new HostsFile.Entry(gateway, "host.docker.internal"));
        }
        List<String> own =
                endpoints.stream().map(Endpoint::ipAddress).filter(a -> !a.isEmpty()).toList();
        return HostsFile.content(extra, own, record.hostname(), record.config().domainname());
    }

    /// Made anew at each start: no need to wait for the disk.
    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw ContainerFiles.failed("write " + file.getFileName(), "", e);
        }
    }

    /// @throws Conflict when the other container of `container:` does not run
    static void checkShared(Rooms rooms, ContainerRecord record) {
        String other = ContainerRecord.sharedWith(record.host().network().mode());
        if (other != null) {
            rooms.containers().get(other).running();
        }
    }
}
