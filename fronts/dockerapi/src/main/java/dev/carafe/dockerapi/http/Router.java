package dev.carafe.dockerapi.http;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the handler of a request. Routes are tried in the order they were added; the version
/// prefix is off the path by then.
public final class Router {
    /// What a request's path says: the version and the rest.
    public record Target(ApiVersion version, String path) {}

    /// A route found.
    public record Found(Handler handler, Map<String, String> parameters) {}

    private static final Pattern VERSIONED = Pattern.compile("/v([0-9][0-9.]*)(/.*)");

    private final Map<String, List<Route>> byMethod = new HashMap<>();
    private final List<Route> atOnce = new ArrayList<>();

    public Router add(String method, String pattern, Handler handler) {
        byMethod.computeIfAbsent(method, m -> new ArrayList<>()).add(new Route(pattern, handler));
        return this;
    }

    /// Adds a route of GET whose handler answers from memory, with {@link Exchange#send} alone, and
    /// never waits: without a query it runs on the thread that read the request, which other
    /// connections wait for.
    public Router getAtOnce(String pattern, Handler handler) {
        atOnce.add(new Route(pattern, handler));
        return get(pattern, handler);
    }

    /// Whether the request is for a route of {@link #getAtOnce}.
    ///
    /// @param rawPath as on the wire
    boolean isAtOnce(String method, String rawPath) {
        if (!method.equals("GET")) {
            return false;
        }
        try {
            String[] segments = Route.segments(target(rawPath).path());
            return atOnce.stream().anyMatch(route -> route.match(segments) != null);
        } catch (InvalidArgument e) {
            return false;
        }
    }

    public Router get(String pattern, Handler handler) {
        return add("GET", pattern, handler);
    }

    public Router post(String pattern, Handler handler) {
        return add("POST", pattern, handler);
    }

    public Router delete(String pattern, Handler handler) {
        return add("DELETE", pattern, handler);
    }

    public Router head(String pattern, Handler handler) {
        return add("HEAD", pattern, handler);
    }

    public Router put(String pattern, Handler handler) {
        return add("PUT", pattern, handler);
    }

    /// Splits off `/vX.Y`.
    ///
    /// @param rawPath as on the wire
    /// @throws InvalidArgument for a version that is not served, or a bad escape
    public static Target target(String rawPath) {
        String path = Percent.decode(rawPath, false);
        Matcher m = VERSIONED.matcher(path);
        if (m.matches()) {
            return new Target(ApiVersion.parse(m.group(1)), m.group(2));
        }
        return new Target(ApiVersion.CURRENT, path);
    }

    /// @throws NotFound `page not found`
    public Found find(String method, String path) {
        String[] segments = Route.segments(path);
        for (Route route : byMethod.getOrDefault(method, List.of())) {
            Map<String, String> parameters = route.match(segments);
            if (parameters != null) {
                return new Found(route.handler(), parameters);
            }
        }
        if (method.equals("OPTIONS")) {
            return new Found(exchange -> exchange.send(200, null, new byte[0]), Map.of());
        }
        throw new NotFound("page not found");
    }
}
