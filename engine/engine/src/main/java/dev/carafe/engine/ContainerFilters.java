package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerRecord;
import dev.carafe.engine.container.Rooms;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import dev.carafe.engine.state.Health;
import dev.carafe.images.Image;
import dev.carafe.network.Attached;
import dev.carafe.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Docker's filters of container lists: values of one key are alternatives (labels must all hold),
/// keys must all hold.
final class ContainerFilters {
    private final Rooms rooms;

    private ContainerFilters(Rooms rooms) {
        this.rooms = rooms;
    }

    /// @throws InvalidArgument an unknown key or value
    static Predicate<Container> of(Map<String, Set<String>> filters, Rooms rooms) {
        ContainerFilters build = new ContainerFilters(rooms);
        Predicate<Container> all = c -> true;
        for (Map.Entry<String, Set<String>> entry : filters.entrySet()) {
            Predicate<Container> key = null;
            for (String value : entry.getValue()) {
                Predicate<Container> one = build.one(entry.getKey(), value);
                boolean every = entry.getKey().equals("label");
                key = key == null ? one : every ? key.and(one) : key.or(one);
            }
            all = key == null ? all : all.and(key);
        }
        return all;
    }

    private Predicate<Container> one(String key, String value) {
        return switch (key) {
            case "id" -> c -> c.id().startsWith(value);
            case "name" -> name(value);
            case "label" -> label(value);
            case "status" -> status(value);
            case "exited" -> exited(value);
            case "ancestor" -> ancestor(value);
            case "before" -> older(value);
            case "since" -> newer(value);
            case "volume" ->
                    c ->
                            c.record().mounts().stream()
                                    .anyMatch(m ->
                                            m.name().equals(value)
                                                    || m.source().equals(value)
                                                    || m.destination().equals(value));
            case "network" -> network(value);
            case "publish" ->
                    checkedPort(
                            "publish",
                            value,
                            c ->
                                    attached(c).ports().stream()
                                            .anyMatch(p ->
                                                    port(
                                                            value,
                                                            p.containerPort(),
                                                            p.hostPort(),
                                                            p.protocol())));
            case "expose" ->
                    c ->
                            c.record().config().exposedPorts().stream()
                                    .anyMatch(p -> p.equals(value) || p.equals(value + "/tcp"));
            case "health" -> health(value);
            case "is-task" -> {
                boolean task = Truth.of("is-task", value);
                yield c -> !task;
            }
            case "isolation" -> c -> true;
            default -> throw new InvalidArgument("invalid filter '" + key + "'");
        };
    }

    private static Predicate<Container> checkedPort(
            String key, String value, Predicate<Container> predicate) {
        if (!value.matches("[0-9]+(-[0-9]+)?(/[a-z]+)?")) {
            throw new InvalidArgument(
                    "error while looking up for %s %s: strconv.ParseUint: parsing \"%s\": invalid syntax"
                            .formatted(key, value, value));
        }
        return predicate;
    }

    private static Predicate<Container> name(String value) {
        try {
            Pattern pattern = Pattern.compile(value);
            return c -> pattern.matcher(c.name()).find() || pattern.matcher("/" + c.name()).find();
        } catch (PatternSyntaxException e) {
            return c -> c.name().contains(value);
        }
    }

    private static Predicate<Container> label(String value) {
        int equals = value.indexOf('=');
        String name = equals < 0 ? value : value.substring(0, equals);
        return c -> {
            String label = c.record().config().labels().get(name);
            return label != null && (equals < 0 || label.equals(value.substring(equals + 1)));
        };
    }

    private static Predicate<Container> status(String value) {
        return switch (value) {
            case "created", "running", "paused", "restarting", "removing", "exited", "dead" ->
                    c -> c.state().word().equals(value);
            default ->
                    throw new InvalidArgument(
                            "invalid filter 'status="
                                    + value
                                    + "': invalid value for state ("
                                    + value
                                    + "): must be one of created, running, paused, restarting,"
                                    + " removing, exited, dead");
        };
    }

    private static Predicate<Container> health(String value) {
        return switch (value) {
            case "none", "starting", "healthy", "unhealthy" ->
                    c -> {
                        Health health = c.record().health();
                        return value.equals(health == null ? "none" : health.status().word());
                    };
            default ->
                    throw new InvalidArgument(
                            "invalid filter 'health="
                                    + value
                                    + "': invalid value for health ("
                                    + value
                                    + "): must be one of none, starting, healthy, unhealthy");
        };
    }

    private static Predicate<Container> exited(String value) {
        try {
            int code = Integer.parseInt(value);
            return c ->
                    c.state() instanceof ContainerState.Exited(ExitStatus s, var from, var to)
                            && s.shellCode() == code;
        } catch (NumberFormatException e) {
            throw new InvalidArgument(
                    "invalid filter 'exited="
                            + value
                            + "': strconv.Atoi: parsing \""
                            + value
                            + "\": invalid syntax");
        }
    }

    private Predicate<Container> ancestor(String value) {
        Optional<Image> image = rooms.images().find(value);
        return c ->
                image.map(i -> comesFrom(c.record(), i)).orElse(false)
                        || c.record().config().image().equals(value);
    }

    private boolean comesFrom(ContainerRecord record, Image ancestor) {
        if (record.imageId().equals(ancestor.id().toString())) {
            return true;
        }
        return rooms.images()
                .find(record.imageId())
                .map(own -> standsOn(own, ancestor))
                .orElse(false);
    }

    /// By its layers where it has more of them; else they can be a sister's, and what it was made
    /// of tells.
    private boolean standsOn(Image own, Image ancestor) {
        int below = ancestor.layers().size();
        if (below > 0
                && own.layers().size() > below
                && own.layers().subList(0, below).equals(ancestor.layers())) {
            return true;
        }
        Optional<Image> at = Optional.of(own);
        while (at.isPresent()) {
            Digest parent = at.get().parent();
            if (ancestor.id().equals(parent)) {
                return true;
            }
            at = parent == null ? Optional.empty() : rooms.images().find(parent.toString());
        }
        return false;
    }

    private Predicate<Container> older(String ref) {
        var created = rooms.containers().get(ref).record().created();
        return c -> c.record().created().isBefore(created);
    }

    private Predicate<Container> newer(String ref) {
        var created = rooms.containers().get(ref).record().created();
        return c -> c.record().created().isAfter(created);
    }

    private Predicate<Container> network(String value) {
        return c ->
                attached(c).endpoints().stream()
                                .anyMatch(e ->
                                        e.networkName().equals(value)
                                                || e.networkId().startsWith(value))
                        || c.record().host().network().mode().equals(value);
    }

    private Attached attached(Container container) {
        return rooms.networks()
                .attached(container.id())
                .orElseGet(() -> new Attached(container.id(), List.of(), List.of()));
    }

    private static boolean port(String value, int containerPort, int hostPort, String protocol) {
        int slash = value.indexOf('/');
        String number = slash < 0 ? value : value.substring(0, slash);
        boolean same = slash < 0 || value.substring(slash + 1).equals(protocol);
        return same
                && (number.equals(String.valueOf(containerPort))
                        || number.equals(String.valueOf(hostPort)));
    }
}
