package dev.carafe.dockerapi.wire;

import dev.carafe.base.Ids;
import dev.carafe.base.InvalidArgument;
import dev.carafe.build.BuildRequest;
import dev.carafe.build.cache.CacheItem;
import dev.carafe.build.cache.PruneRules;
import dev.carafe.build.client.RemoteCaches;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.build.steps.StepSpec.StepLimits;
import dev.carafe.build.steps.StepSpec.Ulimit;
import dev.carafe.dockerapi.http.Query;
import dev.carafe.dockermodel.BuildCacheItem;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The query of `POST /build` and `POST /build/prune`.
public final class BuildWire {
    private static final Set<String> PRUNE_FILTERS =
            Set.of(
                    "until",
                    "unused-for",
                    "id",
                    "parent",
                    "type",
                    "description",
                    "inuse",
                    "shared",
                    "private");

    private final DockerJson json;

    public BuildWire(DockerJson json) {
        this.json = json;
    }

    /// @throws InvalidArgument for a value that can't be
    public BuildRequest request(Query query) {
        String id = query.text("buildid");
        String dockerfile = query.text("dockerfile");
        return new BuildRequest(
                dockerfile.isEmpty() ? "Dockerfile" : dockerfile,
                names(query),
                id.isEmpty() ? Ids.random() : id,
                options(query));
    }

    /// As dockerd one, or, an extension, several with commas; none for the daemon's own.
    public List<Platform> platforms(Query query) {
        String list = query.text("platform");
        return list.isEmpty()
                ? List.of()
                : Stream.of(list.split(",")).map(String::strip).map(Platform::parse).toList();
    }

    /// An extension: caches in other places, `[{"Type": "registry", "Attrs": {"ref": ...}}]`.
    ///
    /// @param name `cacheimports` or `cacheexports`
    /// @throws InvalidArgument for other JSON
    public List<RemoteCaches.Place> caches(Query query, String name) {
        String text = query.text(name);
        if (text.isEmpty()) {
            return List.of();
        }
        if (!(json.readAny(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> list)) {
            throw new InvalidArgument(name + " is no JSON array");
        }
        return list.stream().map(BuildWire::place).toList();
    }

    private static RemoteCaches.Place place(Object given) {
        if (!(given instanceof Map<?, ?> map) || !(map.get("Attrs") instanceof Map<?, ?> attrs)) {
            throw new InvalidArgument("a cache has a Type and Attrs");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        attrs.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return new RemoteCaches.Place(String.valueOf(map.get("Type")), texts);
    }

    private static List<ImageReference> names(Query query) {
        List<ImageReference> names = new ArrayList<>();
        for (String text : query.all("t")) {
            if (!text.isEmpty()) {
                ImageReference name = ImageReference.parse(text).withDefaultTag();
                if (name.digest() != null) {
                    throw new InvalidArgument("build tag cannot contain a digest");
                }
                if (!names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private SolveOptions options(Query query) {
        String network = query.text("networkmode");
        List<Platform> platforms = platforms(query);
        boolean forced = query.flag("forcerm");
        Map<String, String> labels = new LinkedHashMap<>();
        texts(query, "labels").forEach((k, v) -> labels.put(k, v == null ? "" : v));
        return new SolveOptions(
                query.text("target").isEmpty() ? null : query.text("target"),
                texts(query, "buildargs"),
                labels,
                network.isEmpty() ? "default" : network,
                query.flag("nocache"),
                stages(query.text("nocachefilter")),
                query.text("progress").equals("steps") ? List.of() : cacheFrom(query),
                query.flag("pull"),
                forced || query.text("rm").isEmpty() || query.flag("rm"),
                forced,
                platforms.isEmpty() ? null : platforms.getFirst(),
                false,
                query.text("progress").equals("steps"),
                limits(query));
    }

    /// A JSON list of images.
    List<String> cacheFrom(Query query) {
        String text = query.text("cachefrom");
        return text.isEmpty()
                        || !(json.readAny(text.getBytes(StandardCharsets.UTF_8))
                                instanceof List<?> list)
                ? List.of()
                : list.stream().map(String::valueOf).toList();
    }

    /// An extension: names of stages, with commas.
    private static Set<String> stages(String list) {
        return list.isEmpty() ? Set.of() : Set.of(list.toLowerCase(Locale.ROOT).split(","));
    }

    private StepLimits limits(Query query) {
        return new StepLimits(
                number(query, "memory"),
                number(query, "memswap"),
                number(query, "cpushares"),
                number(query, "cpuperiod"),
                number(query, "cpuquota"),
                query.text("cpusetcpus"),
                query.text("cpusetmems"),
                query.text("cgroupparent"),
                number(query, "shmsize"),
                ulimits(query),
                extraHosts(query),
                securityOptions(query));
    }

    private static long number(Query query, String key) {
        String text = query.text(key);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgument("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    /// `name:ip`, repeated; or, as docker-py sends it, one text with commas.
    private static List<String> extraHosts(Query query) {
        List<String> hosts = new ArrayList<>();
        query.all("extrahosts").forEach(text -> hosts.addAll(List.of(text.split(","))));
        hosts.removeIf(String::isBlank);
        return hosts;
    }

    private List<Ulimit> ulimits(Query query) {
        String text = query.text("ulimits");
        if (text.isEmpty()) {
            return List.of();
        }
        return json
                .readList(
                        dev.carafe.dockermodel.Ulimit.class, text.getBytes(StandardCharsets.UTF_8))
                .stream()
                .map(u -> new Ulimit(u.name(), u.soft(), u.hard()))
                .toList();
    }

    private List<String> securityOptions(Query query) {
        String text = query.text("securityopt");
        if (text.isEmpty()) {
            return List.of();
        }
        if (!(json.readAny(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> list)) {
            throw new InvalidArgument("error reading security options: " + text);
        }
        return list.stream().map(String::valueOf).toList();
    }

    /// A JSON object of texts; its values may be null.
    private Map<String, @Nullable String> texts(Query query, String key) {
        String text = query.text(key);
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        if (text.isEmpty() || text.equals("null")) {
            return texts;
        }
        if (!(json.readAny(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map)) {
            throw new InvalidArgument("error reading " + key + ": " + text);
        }
        map.forEach((k, v) -> texts.put(String.valueOf(k), v == null ? null : String.valueOf(v)));
        return texts;
    }

    /// @throws InvalidArgument for an unknown filter or a bad value
    public PruneRules pruneRules(Query query, Filters filters) {
        Map<String, Set<String>> asked = filters.parse(query.text("filters"));
        Filters.allow(asked, PRUNE_FILTERS);
        boolean all = query.flag("all");
        Predicate<CacheItem> takes = item -> all || !item.shared();
        for (Map.Entry<String, Set<String>> filter : asked.entrySet()) {
            takes = takes.and(condition(filter.getKey(), filter.getValue()));
        }
        return new PruneRules(
                number(query, "max-used-space"),
                number(query, "min-free-space"),
                Math.max(number(query, "keep-storage"), number(query, "reserved-space")),
                unusedSince(asked),
                takes);
    }

    private static Predicate<CacheItem> condition(String key, Set<String> values) {
        boolean no = values.contains("false") || values.contains("0");
        return switch (key) {
            case "id" -> item -> values.stream().anyMatch(item.id()::startsWith);
            case "parent" -> item -> values.stream().anyMatch(item.parent()::contains);
            case "type" -> item -> values.contains(item.type());
            case "description" -> item -> values.stream().anyMatch(item.description()::contains);
            case "shared" -> item -> item.shared() != no;
            case "private" -> item -> item.shared() == no;
            case "inuse" -> item -> item.inUse() != no;
            default -> item -> true;
        };
    }

    /// The answers of `GET /system/df` about the cache.
    public static List<BuildCacheItem> items(List<CacheItem> items, boolean withParents) {
        return items.stream()
                .map(item ->
                        new BuildCacheItem(
                                item.id(),
                                withParents ? null : item.parent(),
                                withParents && !item.parent().isEmpty()
                                        ? List.of(item.parent())
                                        : null,
                                item.type(),
                                item.description(),
                                item.inUse(),
                                item.shared(),
                                item.bytes(),
                                item.created().toString(),
                                item.lastUsed().toString(),
                                item.uses()))
                .toList();
    }

    private static @Nullable Instant unusedSince(Map<String, Set<String>> filters) {
        Set<String> values = filters.getOrDefault("until", filters.get("unused-for"));
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw new InvalidArgument("filters expect only one value");
        }
        return Moments.parse(values.iterator().next());
    }
}
