package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.engine.names.ContainerNames;
import dev.carafe.engine.names.RandomNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// All containers of an engine by id and by name. Thread-safe; looking up takes no lock.
public final class Containers {
    private final Map<String, Container> byId = new ConcurrentHashMap<>();
    private final Map<String, String> idByName = new ConcurrentHashMap<>();

    /// Newest first.
    public List<Container> all() {
        return byId.values().stream()
                .sorted(
                        Comparator.comparing((Container c) -> c.record().created())
                                .reversed()
                                .thenComparing(Container::id))
                .toList();
    }

    /// By full id, name, name of a link (`web/db`), or unique prefix of an id.
    ///
    /// @throws NotFound `No such container: x`
    /// @throws InvalidArgument several ids begin so
    public Container get(String ref) {
        return find(ref)
                .orElseThrow(() ->
                        new NotFound(new Subject("container", ref), "No such container: " + ref));
    }

    public Optional<Container> find(String ref) {
        Container exact = byId.get(ref);
        if (exact != null) {
            return Optional.of(exact);
        }
        String name = ContainerNames.withoutSlash(ref);
        String id = idByName.get(name);
        if (id != null) {
            return Optional.ofNullable(byId.get(id));
        }
        if (name.indexOf('/') > 0) {
            return linked(name);
        }
        if (ref.isEmpty() || ref.startsWith("/")) {
            return Optional.empty();
        }
        List<Container> found = byId.values().stream().filter(c -> c.id().startsWith(ref)).toList();
        if (found.size() > 1) {
            throw new InvalidArgument(
                    new Subject("container", ref),
                    "multiple IDs found with provided prefix: " + ref);
        }
        return found.stream().findFirst();
    }

    /// @param name `web/db`: what `web` links to as `db`
    private Optional<Container> linked(String name) {
        int slash = name.lastIndexOf('/');
        String id = idByName.get(name.substring(0, slash));
        Container parent = id == null ? null : byId.get(id);
        return Optional.ofNullable(parent)
                .flatMap(p -> LinkNames.target(p.record(), name.substring(slash + 1)))
                .flatMap(this::find);
    }

    /// Takes a name for an id: the one asked for, or a random one that is free.
    ///
    /// @throws Conflict with Docker's sentence when it is taken
    public String reserve(@Nullable String asked, String id) {
        if (asked != null && !asked.isEmpty()) {
            String name = ContainerNames.check(asked);
            String owner = idByName.putIfAbsent(name, id);
            if (owner != null && !owner.equals(id)) {
                throw taken(name, owner);
            }
            return name;
        }
        for (int attempt = 0; ; attempt++) {
            String name = RandomNames.next(ThreadLocalRandom.current(), attempt);
            if (idByName.putIfAbsent(name, id) == null) {
                return name;
            }
        }
    }

    private static Conflict taken(String name, String owner) {
        return new Conflict(
                new Subject("container", owner),
                "Conflict. The container name \"/"
                        + name
                        + "\" is already in use by container \""
                        + owner
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    public void release(String name, String id) {
        idByName.remove(name, id);
    }

    void add(Container container) {
        idByName.put(container.name(), container.id());
        byId.put(container.id(), container);
    }

    void remove(Container container) {
        byId.remove(container.id());
        release(container.name(), container.id());
    }
}
