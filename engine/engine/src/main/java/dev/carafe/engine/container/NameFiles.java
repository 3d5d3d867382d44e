package dev.carafe.engine.container;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.spec.SpecInput;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.network.Endpoint;
import dev.carafe.network.HostsFile;
import dev.carafe.network.Network;
import dev.carafe.network.Networks;
import dev.carafe.network.Sandbox;
import dev.carafe.snapshots.OwnerMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A container's `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf`.
final class NameFiles {
    private static final String HOST_NAME = "host.docker.internal";
    private static final Path HOSTS = Path.of("/etc/hosts");
    private final ContainerFiles files;
    private final Networks networks;
    private final ContainerDefaults defaults;

    NameFiles(Rooms rooms) {
        this.files = rooms.files();
        this.networks = rooms.networks();
        this.defaults = rooms.defaults();
    }

    /// @param linked further lines of `/etc/hosts`
    SpecInput.EtcFiles write(
            ContainerRecord record, Sandbox sandbox, List<HostsFile.Entry> linked) {
        write(files.hostname(record.id()), record.hostname() + "\n");
        write(files.hosts(record.id()), hosts(record, sandbox.endpoints(), linked));
        write(files.resolvConf(record.id()), sandbox.resolvConf());
        return own(record);
    }

    /// Files to be mounted now and written later, by the container's root too.
    SpecInput.EtcFiles blank(ContainerRecord record) {
        SpecInput.EtcFiles all = own(record);
        OwnerMap map = defaults.ownersOf(record.host());
        for (Path file : List.of(all.hostname(), all.hosts(), all.resolvConf())) {
            write(file, "");
            FileSystem.fchownat(
                    Fd.CWD,
                    file.toString(),
                    (int) map.userOutside(0),
                    (int) map.groupOutside(0),
                    FileSystem.AT_SYMLINK_NOFOLLOW);
        }
        return all;
    }

    private SpecInput.EtcFiles own(ContainerRecord record) {
        return new SpecInput.EtcFiles(
                files.hostname(record.id()),
                files.hosts(record.id()),
                files.resolvConf(record.id()));
    }

    private String hosts(
            ContainerRecord record, List<Endpoint> endpoints, List<HostsFile.Entry> linked) {
        boolean onHost = endpoints.stream().anyMatch(e -> e.driver().equals("host"));
        if (onHost && record.host().network().extraHosts().isEmpty() && Files.exists(HOSTS)) {
            return read(HOSTS);
        }
        String host = hostAddress(endpoints);
        List<HostsFile.Entry> extra = new ArrayList<>();
        for (String line : record.host().network().extraHosts()) {
            int split = line.indexOf('=') > 0 ? line.indexOf('=') : line.indexOf(':');
            if (split <= 0) {
                throw new InvalidArgument("bad format for add-host: \"" + line + "\"");
            }
            String address = line.substring(split + 1);
            String name = line.substring(0, split);
            List<String> all =
                    address.equals("host-gateway") ? hostGateways(host) : List.of(address);
            all.forEach(a -> extra.add(new HostsFile.Entry(a, name)));
        }
        extra.addAll(linked);
        if (!host.isEmpty() && extra.stream().noneMatch(e -> e.names().equals(HOST_NAME))) {
            hostGateways(host).forEach(a -> extra.add(new HostsFile.Entry(a, HOST_NAME)));
        }
        List<String> own = endpoints.stream().flatMap(NameFiles::addresses).toList();
        return HostsFile.content(extra, own, record.hostname(), record.config().domainname());
    }

    /// Where a container reaches the host; empty where it can't.
    private static String hostAddress(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(e -> e.driver().equals("host") ? "127.0.0.1" : e.shownGateway())
                .filter(address -> !address.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// As the daemon was told; else the gateway of the container's networks, and as docker has it
    /// the default bridge's address where they have none.
    private List<String> hostGateways(String host) {
        List<String> told = networks.hostGateways();
        return told.isEmpty() ? List.of(hostGateway(host)) : told;
    }

    private String hostGateway(String host) {
        return host.isEmpty()
                ? networks.list().stream()
                        .filter(n -> n.name().equals("bridge"))
                        .flatMap(n -> n.ipam().stream())
                        .map(Network.Ipam::gateway)
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidArgument(
                                        "unable to derive the IP value for host-gateway"))
                : host;
    }

    /// Made anew at each start: no need to wait for the disk.
    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw ContainerFiles.failed("write " + file.getFileName(), "", e);
        }
    }

    /// The container has an address more.
    void joined(ContainerRecord record, Endpoint endpoint) {
        Path file = files.hosts(record.id());
        write(file, read(file) + ownLines(record, endpoint));
    }

    /// The container has an address less.
    void left(ContainerRecord record, Endpoint endpoint) {
        String lines = ownLines(record, endpoint);
        if (!lines.isEmpty()) {
            Path file = files.hosts(record.id());
            write(file, read(file).replace(lines, ""));
        }
    }

    /// The container is linked to one less.
    void unlinked(ContainerRecord record, HostsFile.Entry entry) {
        Path file = files.hosts(record.id());
        write(file, read(file).replace(entry.line(), ""));
    }

    /// The container's names are resolved in another way; a file that somebody has changed stays.
    void resolves(ContainerRecord record, String before, String after) {
        Path file = files.resolvConf(record.id());
        if (!before.equals(after) && read(file).equals(before)) {
            write(file, after);
        }
    }

    private static String ownLines(ContainerRecord record, Endpoint endpoint) {
        return addresses(endpoint)
                .map(a -> HostsFile.own(a, record.hostname(), record.config().domainname()))
                .collect(Collectors.joining());
    }

    private static Stream<String> addresses(Endpoint endpoint) {
        return Stream.of(endpoint.ipAddress(), endpoint.ip6Address()).filter(a -> !a.isEmpty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw ContainerFiles.failed("read " + file.getFileName(), "", e);
        }
    }
}
