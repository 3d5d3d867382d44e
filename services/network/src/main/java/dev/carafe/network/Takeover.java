package dev.carafe.network;

import dev.carafe.base.CarafeException;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes over, after a restart, what live containers have, and drops the rest. One container's
/// trouble does not keep the others, and the engine, from coming back.
///
/// @param known a network by its id
/// @param keep is given networks with what was chosen for them
record Takeover(
        Attachments attachments,
        BridgeNetworks bridges,
        NameServers names,
        Function<String, Optional<NetworkRecord>> known,
        Consumer<NetworkRecord> keep) {
    private static final System.Logger LOG = System.getLogger(Takeover.class.getName());

    /// @param netnsOf opens a live container's network namespace; null when it has just ended
    void of(Set<String> liveContainerIds, Function<String, @Nullable Fd> netnsOf) {
        List<AttachmentRecord> live =
                attachments.keepOnly(liveContainerIds).stream().map(this::onKnown).toList();
        Map<String, NetworkRecord> inUse = new HashMap<>();
        for (AttachmentRecord record : live) {
            record.endpoints().stream()
                    .filter(Endpoint::isAddressed)
                    .flatMap(e -> known.apply(e.networkId()).stream())
                    .forEach(network -> inUse.put(network.id(), network));
        }
        FutureTask<Boolean> named =
                new FutureTask<>(
                        () ->
                                live.stream()
                                        .filter(NameServers::isNeeded)
                                        .forEach(a -> serveAgain(a, netnsOf)),
                        true);
        Thread.ofPlatform().name("carafe-names").daemon().start(named);
        bridges.recover(live, inUse, keep);
        await(named);
    }

    /// Each step inside has its own deadline.
    private static void await(FutureTask<Boolean> named) {
        try {
            named.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "no names for some containers", e);
        }
    }

    /// Without endpoints of networks that were removed while they were being joined.
    private AttachmentRecord onKnown(AttachmentRecord record) {
        List<Endpoint> there =
                record.endpoints().stream()
                        .filter(e -> known.apply(e.networkId()).isPresent())
                        .toList();
        if (there.size() == record.endpoints().size()) {
            return record;
        }
        AttachmentRecord kept = record.with(there, record.ports());
        attachments.replace(kept);
        return kept;
    }

    private void serveAgain(AttachmentRecord record, Function<String, @Nullable Fd> netnsOf) {
        try (Fd netns = netnsOf.apply(record.containerId())) {
            if (netns != null) {
                names.serve(record, netns, null);
            }
        } catch (CarafeException | ErrnoException e) {
            LOG.log(Level.WARNING, "no names for container " + record.containerId(), e);
        }
    }
}
