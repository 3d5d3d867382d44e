package dev.carafe.engine;

import dev.carafe.base.Conflict;
import dev.carafe.base.NotFound;
import dev.carafe.engine.commit.CommitConfig;
import dev.carafe.engine.commit.CommitLayer;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerRecord;
import dev.carafe.engine.container.Lifecycle;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.images.Image;
import dev.carafe.images.LayerHold;
import dev.carafe.images.Loaded;
import dev.carafe.images.NewImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.RunConfig;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes an image of what a container changed. Engine API POST /commit.
public final class CommitContainer {
    private final Rooms rooms;
    private final Lifecycle lifecycle;

    CommitContainer(Rooms rooms, Lifecycle lifecycle) {
        this.rooms = rooms;
        this.lifecycle = lifecycle;
    }

    /// How the image shall be.
    ///
    /// @param name null for an image without name
    /// @param pause freeze a running container meanwhile
    /// @param changes done to the configuration before the container's fills it up
    /// @param config in place of the container's, which fills it up; null: the container's
    public record Request(
            @Nullable ImageReference name,
            String author,
            String comment,
            boolean pause,
            UnaryOperator<RunConfig> changes,
            @Nullable ContainerConfig config) {}

    /// @return the image's id
    /// @throws Conflict it is being removed
    /// @throws dev.carafe.base.CarafeException what the changes throw
    public Digest commit(String ref, Request request) {
        Container container = rooms.containers().get(ref);
        refuseDead(container);
        ContainerRecord record = container.record();
        RunConfig own = CommitConfig.of(record.config());
        RunConfig base = request.config() == null ? own : CommitConfig.of(request.config());
        RunConfig config = CommitConfig.merge(request.changes().apply(base), own);
        Image parent =
                rooms.images()
                        .byId(Digest.parse(record.imageId()))
                        .orElseThrow(() -> new NotFound("No such image: " + record.imageId()));
        boolean paused = request.pause() && paused(container);
        try {
            Loaded made = make(record, request, parent, config);
            announce(record, request, made);
            return made.id();
        } finally {
            if (paused) {
                // not when it was killed meanwhile, or somebody else has resumed it
                lifecycle.pauser().resumeIfPaused(container);
            }
        }
    }

    /// What does not run, or ends at this moment, needs no pause.
    private boolean paused(Container container) {
        if (!(container.state() instanceof ContainerState.Running)) {
            return false;
        }
        try {
            lifecycle.pauser().pause(container);
            return true;
        } catch (Conflict e) {
            return false;
        }
    }

    private static void refuseDead(Container container) {
        String why =
                switch (container.state()) {
                    case ContainerState.Dead d -> "Dead";
                    case ContainerState.Removing r -> "being removed";
                    default -> "";
                };
        if (!why.isEmpty()) {
            throw new Conflict(
                    container.subject(),
                    "You cannot commit container " + container.id() + " which is " + why);
        }
    }

    private Loaded make(ContainerRecord record, Request request, Image parent, RunConfig config) {
        try (LayerHold hold = rooms.images().hold()) {
            List<Digest> diffIds = new ArrayList<>(parent.config().rootfs().diffIds());
            List<Long> sizes = new ArrayList<>();
            parent.layers().forEach(layer -> sizes.add(tarBytes(layer)));
            AppliedLayer layer =
                    CommitLayer.make(rooms.snapshots(), record.id(), parent.top()).orElse(null);
            if (layer != null) {
                hold.keep(layer.chainId());
                diffIds.add(layer.diffId());
                sizes.add(tarBytes(layer.chainId()));
            }
            byte[] document =
                    OciJson.write(
                            ImageConfig.class,
                            document(record, request, parent, config, diffIds, layer == null));
            List<ImageReference> names =
                    request.name() == null ? List.of() : List.of(request.name());
            return rooms.images().add(NewImage.plain(document, sizes, names).of(parent.id()));
        }
    }

    private long tarBytes(ChainId layer) {
        return rooms.snapshots().layer(layer).map(LayerInfo::tarBytes).orElse(0L);
    }

    private static ImageConfig document(
            ContainerRecord record,
            Request request,
            Image parent,
            RunConfig config,
            List<Digest> diffIds,
            boolean empty) {
        Instant now = Instant.now();
        List<ImageConfig.History> history = new ArrayList<>(parent.config().history());
        List<String> command = record.config().command();
        history.add(
                new ImageConfig.History(
                        now,
                        String.join(" ", command == null ? List.of() : command),
                        emptyToNull(request.author()),
                        emptyToNull(request.comment()),
                        empty));
        ImageConfig below = parent.config();
        return new ImageConfig(
                now,
                emptyToNull(request.author()),
                below.architecture(),
                below.variant(),
                below.os(),
                below.osVersion(),
                below.osFeatures(),
                config,
                new ImageConfig.RootFs("layers", diffIds),
                history,
                emptyToNull(request.comment()),
                null);
    }

    private void announce(ContainerRecord record, Request request, Loaded made) {
        ImageReference name = request.name();
        String id = made.id().toString();
        image("create", id, id, record);
        if (name != null) {
            image("tag", id, name.withDefaultTag().familiar(), record);
        }
        Map<String, String> more = new LinkedHashMap<>();
        more.put("comment", request.comment());
        more.put("imageID", id);
        more.put("imageRef", name == null ? "" : name.withDefaultTag().familiar());
        lifecycle.events().publish(record, "commit", more);
    }

    private void image(String action, String id, String name, ContainerRecord record) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", name);
        attributes.putAll(record.config().labels());
        rooms.events().publish(new Event("image", action, id, attributes, Instant.now()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
