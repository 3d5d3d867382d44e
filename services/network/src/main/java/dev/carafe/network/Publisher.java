package dev.carafe.network;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Publishes ports of containers: at the start, when another network leads out, and when others are
/// wanted.
final class Publisher {
    private final BridgeNetworks bridges;
    private final Attachments attachments;

    Publisher(BridgeNetworks bridges, Attachments attachments) {
        this.bridges = bridges;
        this.attachments = attachments;
    }

    /// Takes the ports of the host; nothing is sent to the container yet.
    List<PortBinding> take(String containerName, Ways ways, List<PortBinding> wanted) {
        return take(containerName, ways, wanted, List.of());
    }

    /// @param have what it has already, which is kept
    private List<PortBinding> take(
            String containerName, Ways ways, List<PortBinding> wanted, List<PortBinding> have) {
        if (ways.isEmpty() || wanted.isEmpty()) {
            return List.of();
        }
        PortPlan plan = bridges.plan(wanted, ways);
        List<List<PortBinding>> missing =
                plan.held().stream()
                        .map(same -> same.stream().filter(p -> !have.contains(p)).toList())
                        .filter(same -> !same.isEmpty())
                        .toList();
        List<PortBinding> ports =
                new ArrayList<>(
                        plan.held().stream().flatMap(List::stream).filter(have::contains).toList());
        try {
            ports.addAll(bridges.ports().take(missing));
        } catch (Internal e) {
            throw new Internal(
                    new Subject("container", containerName),
                    "driver failed programming external connectivity on endpoint "
                            + containerName
                            + " ("
                            + ways.all().getFirst().endpointId()
                            + "): "
                            + e.text(),
                    e);
        }
        return plan.direct().isEmpty() ? ports : withDirect(ports, plan.direct());
    }

    /// Of each port IPv4 first.
    private static List<PortBinding> withDirect(List<PortBinding> held, List<PortBinding> direct) {
        List<PortBinding> all = new ArrayList<>(held);
        all.addAll(direct);
        all.sort(
                Comparator.comparing(PortBinding::containerPort)
                        .thenComparing(PortBinding::protocol)
                        .thenComparing(PortBinding::family));
        return all;
    }

    /// A running container's ports are to be others, or lead through other endpoints. Where a port
    /// can't be had, all is as before.
    ///
    /// @param after with the endpoints and wanted ports from now on
    /// @return the ports from now on
    List<PortBinding> change(
            String containerName, AttachmentRecord before, AttachmentRecord after) {
        Ways from = Ways.of(before.endpoints());
        Ways to = Ways.of(after.endpoints());
        List<PortBinding> have = before.ports();
        List<PortBinding> wanted = known(after.wantedPorts(), have);
        List<PortBinding> kept =
                to.isEmpty() || wanted.isEmpty()
                        ? List.of()
                        : bridges.plan(wanted, to).all().stream().filter(have::contains).toList();
        List<PortBinding> gone = have.stream().filter(p -> !kept.contains(p)).toList();
        try (Undo undo = new Undo()) {
            bridges.ports().release(gone);
            undo.push(() -> bridges.ports().restore(gone));
            List<PortBinding> ports = take(containerName, to, wanted, kept);
            undo.push(() ->
                    bridges.ports()
                            .release(ports.stream().filter(p -> !kept.contains(p)).toList()));
            attachments.replace(after.with(after.endpoints(), ports));
            undo.push(() -> attachments.replace(before));
            boolean moved = !from.equals(to);
            bridges.ports().close(moved ? have : gone, from);
            to.all().forEach(way -> bridges.hairpin(way, !ports.isEmpty()));
            bridges.open(moved ? ports : without(ports, kept), to);
            undo.keep();
            return ports;
        }
    }

    private static List<PortBinding> without(List<PortBinding> all, List<PortBinding> some) {
        return all.stream().filter(p -> !some.contains(p)).toList();
    }

    /// Ports of the host that were chosen here stay the same.
    private static List<PortBinding> known(List<PortBinding> wanted, List<PortBinding> have) {
        List<PortBinding> left = new ArrayList<>(have);
        List<PortBinding> known = new ArrayList<>();
        for (PortBinding want : wanted) {
            PortBinding earlier =
                    want.hostPort() != 0
                            ? null
                            : left.stream()
                                    .filter(p -> p.hostPort() != 0 && isSame(want, p))
                                    .findFirst()
                                    .orElse(null);
            if (earlier != null) {
                left.removeIf(p -> isSame(want, p) && p.hostPort() == earlier.hostPort());
            }
            known.add(earlier == null ? want : want.on(earlier.hostPort()));
        }
        return known;
    }

    private static boolean isSame(PortBinding want, PortBinding have) {
        return want.containerPort() == have.containerPort()
                && want.protocol().equals(have.protocol())
                && (want.hostIp().isEmpty() || want.hostIp().equals(have.hostIp()));
    }
}
