package dev.carafe.network;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A port that one container reaches at another, although containers of their network are kept
/// apart. Of IPv4, which links are of.
record Passage(InetAddress from, InetAddress to, Protocol protocol, int port) {
    /// Those of all links between containers that are there now.
    static Set<Passage> of(List<AttachmentRecord> attachments) {
        List<AttachmentRecord> linking =
                attachments.stream().filter(a -> !a.linkedPorts().isEmpty()).toList();
        if (linking.isEmpty()) {
            return Set.of();
        }
        Map<String, AttachmentRecord> byId =
                attachments.stream()
                        .collect(
                                Collectors.toMap(
                                        AttachmentRecord::containerId, Function.identity()));
        Set<Passage> all = new LinkedHashSet<>();
        for (AttachmentRecord from : linking) {
            for (LinkedPort port : from.linkedPorts()) {
                Optional<InetAddress> to =
                        Optional.ofNullable(byId.get(port.containerId())).flatMap(Passage::address);
                address(from)
                        .flatMap(f -> to.map(t -> new Passage(f, t, port)))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    private Passage(InetAddress from, InetAddress to, LinkedPort port) {
        this(from, to, Protocol.of(port.protocol()), port.port());
    }

    private static Optional<InetAddress> address(AttachmentRecord attachment) {
        return attachment.endpoints().stream()
                .filter(e -> Network.isDefault(e.networkName()))
                .flatMap(e -> e.address(IpFamily.V4).stream())
                .findFirst();
    }
}
