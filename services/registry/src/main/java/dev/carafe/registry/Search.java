package dev.carafe.registry;

import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.registry.http.Answer;
import dev.carafe.registry.wire.RepositoryList;
import dev.carafe.registry.wire.SearchAnswer;
import dev.carafe.registry.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds repositories by a part of their name: by docker's search (`/v1/search`), which Docker Hub
/// and few others have, else in the list of all repositories (`/v2/_catalog`).
final class Search {
    private static final String HUB_INDEX = "index.docker.io";
    private static final int MAX_ANSWER = 8 << 20;
    private static final int MAX_PAGES = 100;
    private static final List<String> CATALOG = List.of("registry:catalog:*");

    private final String domain;
    private final String term;
    private final int limit;

    private Search(String domain, String term, int limit) {
        this.domain = domain;
        this.term = term;
        this.limit = limit;
    }

    /// @param text `alpine`, or `reg.example:5000/app` to search there
    static List<FoundRepository> run(
            String text, int limit, Credentials credentials, RegistryOptions options) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        boolean hub = !host || Login.domain(first).equals(Reach.HUB);
        String domain = hub ? HUB_INDEX : first;
        Search search = new Search(domain, host ? text.substring(slash + 1) : text, limit);
        try (Servers servers = new Servers(domain, credentials, options)) {
            return search.ask(servers.main());
        } catch (IOException e) {
            throw Failures.general(new Subject("registry", domain), e);
        }
    }

    private List<FoundRepository> ask(Endpoint server) throws IOException {
        URI uri =
                URI.create(
                        server.base()
                                + "/v1/search?q="
                                + URLEncoder.encode(term, StandardCharsets.UTF_8)
                                + "&n="
                                + limit);
        try (Answer answer = server.get(uri, List.of(), Map.of())) {
            if (answer.status() == 200) {
                Optional<SearchAnswer> told =
                        WireJson.read(SearchAnswer.class, answer.bytes(MAX_ANSWER));
                if (told.isPresent()) {
                    return found(told.get());
                }
            } else if (answer.status() != 404 && answer.status() != 405) {
                throw answer.refusal();
            }
        } catch (IOException e) {
            throw Failures.asked("GET", uri, e);
        }
        return inCatalog(server);
    }

    private List<FoundRepository> found(SearchAnswer told) {
        List<FoundRepository> all = new ArrayList<>();
        for (SearchAnswer.Result each :
                told.results() == null ? List.<SearchAnswer.Result>of() : told.results()) {
            String name = String.valueOf(each.name());
            all.add(
                    new FoundRepository(
                            domain.equals(HUB_INDEX) ? name : domain + "/" + name,
                            each.description() == null ? "" : each.description(),
                            each.starCount(),
                            each.isOfficial(),
                            each.isAutomated()));
        }
        return all;
    }

    private List<FoundRepository> inCatalog(Endpoint server) throws IOException {
        List<FoundRepository> found = new ArrayList<>();
        URI next = server.at("_catalog?n=1000");
        for (int i = 0; next != null && i < MAX_PAGES && found.size() < limit; i++) {
            URI page = next;
            try (Answer answer = server.get(page, CATALOG, Map.of())) {
                if (answer.status() != 200) {
                    throw notSearchable(answer);
                }
                RepositoryList list =
                        WireJson.read(RepositoryList.class, answer.bytes(MAX_ANSWER))
                                .orElseThrow(() -> notSearchable(answer));
                (list.repositories() == null ? List.<String>of() : list.repositories())
                        .stream()
                                .filter(name -> name.contains(term))
                                .map(name ->
                                        new FoundRepository(
                                                domain + "/" + name, "", 0, false, false))
                                .forEach(found::add);
                next = Repository.next(answer);
            } catch (IOException e) {
                throw Failures.asked("GET", page, e);
            }
        }
        return found.subList(0, Math.min(limit, found.size()));
    }

    private NotImplemented notSearchable(Answer answer) {
        return new NotImplemented(
                new Subject("registry", domain),
                domain
                        + " can't be searched: it has no /v1/search, and its list of repositories answers with status "
                        + answer.status(),
                null);
    }
}
