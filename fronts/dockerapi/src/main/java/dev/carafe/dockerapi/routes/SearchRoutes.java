package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.AuthWire;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockermodel.SearchResult;
import dev.carafe.engine.Engine;
import dev.carafe.registry.FoundRepository;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `GET /images/search`.
final class SearchRoutes {
    private static final int DEFAULT_LIMIT = 25;
    private static final int MOST = 100;
    private static final Set<String> KEYS = Set.of("is-automated", "is-official", "stars");

    private final Engine engine;
    private final Replies replies;
    private final Filters filters;

    SearchRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
        this.filters = new Filters(replies.json());
    }

    void addTo(Router router) {
        router.get("/images/search", this::search);
    }

    private void search(Exchange x) throws IOException {
        Map<String, Set<String>> wanted = filters.parse(x.query().text("filters"));
        Filters.allow(wanted, KEYS);
        int limit = limit(x.query().text("limit"));
        int stars =
                wanted.getOrDefault("stars", Set.of()).stream()
                        .mapToInt(SearchRoutes::stars)
                        .max()
                        .orElse(0);
        List<FoundRepository> found =
                engine.registries()
                        .search(
                                x.query().text("term"),
                                limit,
                                AuthWire.header(x.header("X-Registry-Auth"), replies.json()));
        replies.ok(
                x,
                found.stream()
                        .filter(f -> f.stars() >= stars)
                        .filter(f -> fits(wanted, "is-official", f.official()))
                        .filter(f -> fits(wanted, "is-automated", f.automated()))
                        .map(f ->
                                new SearchResult(
                                        f.stars(),
                                        f.official(),
                                        f.name(),
                                        f.automated(),
                                        f.description()))
                        .toList());
    }

    private static boolean fits(Map<String, Set<String>> wanted, String key, boolean is) {
        Set<String> values = wanted.getOrDefault(key, Set.of());
        return values.isEmpty()
                || values.contains(is ? "true" : "false")
                || values.contains(is ? "1" : "0");
    }

    private static int limit(String text) {
        if (text.isEmpty() || text.equals("0")) {
            return DEFAULT_LIMIT;
        }
        int limit = number(text, "invalid limit: ");
        if (limit < 1 || limit > MOST) {
            throw new InvalidArgument("limit " + limit + " is outside the range of [1, 100]");
        }
        return limit;
    }

    private static int stars(String text) {
        return number(text, "invalid filter 'stars=" + text + "': ");
    }

    private static int number(String text, String what) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgument(what + text);
        }
    }
}
