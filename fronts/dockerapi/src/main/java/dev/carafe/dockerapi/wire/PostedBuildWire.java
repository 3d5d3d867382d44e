package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.BuildRequest;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.build.steps.StepSpec.StepLimits;
import dev.carafe.dockerapi.config.PostedBuild.Output;
import dev.carafe.dockerapi.http.Query;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.oci.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query of `POST /build?version=2` in BuildKit's terms, as dockerd translates it.
public final class PostedBuildWire {
    private static final String CLIENTS = "client-session";

    private final DockerJson json;
    private final BuildWire wire;

    public PostedBuildWire(DockerJson json) {
        this.json = json;
        this.wire = new BuildWire(json);
    }

    /// Options of the front end.
    ///
    /// @throws InvalidArgument for a value that can't be
    public Map<String, String> attrs(Query query) {
        BuildRequest request = wire.request(query);
        SolveOptions options = request.options();
        Map<String, String> attrs = new HashMap<>();
        put(attrs, "filename", request.dockerfile());
        put(attrs, "target", options.target());
        put(attrs, "platform", query.text("platform"));
        put(attrs, "cache-from", String.join(",", wire.cacheFrom(query)));
        String remote = query.text("remote");
        boolean here = remote.equals(CLIENTS) || remote.equals("upload-request");
        put(attrs, "context", here ? "" : remote);
        put(attrs, "force-network-mode", network(options.network()));
        attrs.put("image-resolve-mode", options.pull() ? "pull" : "default");
        if (options.noCache()) {
            attrs.put("no-cache", "");
        }
        options.labels().forEach((name, value) -> attrs.put("label:" + name, value));
        options.buildArgs()
                .forEach((name, value) -> {
                    if (value != null) {
                        attrs.put("build-arg:" + name, value);
                    }
                });
        limits(attrs, options.limits());
        return attrs;
    }

    private static void put(Map<String, String> attrs, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attrs.put(name, value);
        }
    }

    private static String network(String mode) {
        return switch (mode) {
            case "", "default" -> "";
            case "host", "none" -> mode;
            default ->
                    throw new InvalidArgument(
                            "network mode \"" + mode + "\" not supported by buildkit");
        };
    }

    private static void limits(Map<String, String> attrs, StepLimits limits) {
        put(attrs, "cgroup-parent", limits.cgroupParent());
        if (limits.shmSizeBytes() > 0) {
            attrs.put("shm-size", String.valueOf(limits.shmSizeBytes()));
        }
        put(
                attrs,
                "add-hosts",
                limits.extraHosts().stream()
                        .map(host -> host.replaceFirst(":", "="))
                        .collect(Collectors.joining(",")));
        put(
                attrs,
                "ulimit",
                limits.ulimits().stream()
                        .map(one -> one.name() + "=" + one.soft() + ":" + one.hard())
                        .collect(Collectors.joining(",")));
    }

    /// What is made of the result: an image with the names `t`, or what `outputs` says.
    ///
    /// @throws InvalidArgument for several
    public List<Output> outputs(Query query) {
        String text = query.text("outputs");
        List<?> asked =
                !text.isEmpty()
                                && json.readAny(text.getBytes(StandardCharsets.UTF_8))
                                        instanceof List<?> list
                        ? list
                        : List.of();
        if (asked.size() > 1) {
            throw new InvalidArgument("multiple outputs not supported");
        }
        if (asked.isEmpty()) {
            return List.of(image(query, Map.of()));
        }
        if (!(asked.getFirst() instanceof Map<?, ?> output)) {
            throw new InvalidArgument("error reading outputs: " + text);
        }
        Map<String, String> attrs = new TreeMap<>();
        if (member(output, "Attrs") instanceof Map<?, ?> given) {
            given.forEach((k, v) -> attrs.put(String.valueOf(k), String.valueOf(v)));
        }
        String type = String.valueOf(member(output, "Type"));
        return switch (type) {
            case "cacheonly" -> List.of();
            case "image", "moby" -> List.of(image(query, attrs));
            default -> List.of(new Output(type, attrs));
        };
    }

    private static @Nullable Object member(Map<?, ?> object, String name) {
        return object.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
                .<@Nullable Object>map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Output image(Query query, Map<String, String> given) {
        Map<String, String> attrs = new HashMap<>(given);
        List<ImageReference> names = wire.request(query).names();
        put(
                attrs,
                "name",
                names.stream().map(ImageReference::full).collect(Collectors.joining(",")));
        return new Output("moby", attrs);
    }
}
