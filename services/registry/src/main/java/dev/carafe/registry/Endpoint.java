package dev.carafe.registry;

import dev.carafe.registry.http.Answer;
import dev.carafe.registry.http.Outgoing;
import dev.carafe.registry.http.Refused;
import dev.carafe.registry.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One server that speaks the distribution protocol, found and greeted: requests to it carry what
/// it asked for. Thread-safe; the transport is the caller's to close.
final class Endpoint {
    private static final int MAX_GREETING = 64 << 10;

    private final URI base;
    private final Transport transport;
    private final Authorizer authorizer;
    private final String prefix;

    /// What a port of https says to http: no registry refuses the greeting with 400.
    static final class EncryptedOnly extends IOException {
        EncryptedOnly() {
            super("received unexpected HTTP status: 400");
        }
    }

    private Endpoint(URI base, Transport transport, Authorizer authorizer, String prefix) {
        this.base = base;
        this.transport = transport;
        this.authorizer = authorizer;
        this.prefix = prefix;
    }

    /// Greets the server at `<base>/v2/`, which tells whether it is one and what it asks for.
    ///
    /// @param plainAllowed whether secrets may go without encryption
    /// @param prefix put before the names of repositories
    /// @throws IOException when it can't be reached or is no registry
    static Endpoint greet(
            URI base,
            Transport transport,
            Credentials credentials,
            boolean plainAllowed,
            String prefix)
            throws IOException {
        Authorizer authorizer = new Authorizer(transport, credentials, plainAllowed);
        URI ping = URI.create(base + "/v2/");
        try (Answer answer = transport.send("GET", ping, Map.of(), Outgoing.none())) {
            if (answer.status() == 401) {
                authorizer.challenged(answer, List.of(), "");
            } else if (answer.status() >= 500 || answer.status() == 429) {
                throw answer.refusal();
            } else if (answer.status() == 400 && base.getScheme().equals("http")) {
                throw new EncryptedOnly();
            }
            // read to its end, the connection can serve the next request
            answer.bytes(MAX_GREETING);
        }
        return new Endpoint(base, transport, authorizer, prefix);
    }

    URI base() {
        return base;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    /// Where `<name>/manifests/latest` is.
    URI at(String path) {
        return URI.create(base + "/v2/" + (path.isEmpty() ? "" : prefix + path));
    }

    Answer get(URI uri, List<String> scopes, Map<String, String> headers) throws IOException {
        return send("GET", uri, scopes, headers, Outgoing.none());
    }

    /// Sends with authorization; when that has expired meanwhile, once more with a new one.
    Answer send(
            String method, URI uri, List<String> scopes, Map<String, String> headers, Outgoing body)
            throws IOException {
        boolean ours = Transport.sameOrigin(base, uri);
        for (boolean again = false; ; again = true) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            Optional<String> authorization = ours ? authorization(scopes) : Optional.empty();
            authorization.ifPresent(value -> all.put("Authorization", value));
            Answer answer = transport.send(method, uri, all, body);
            boolean worth =
                    answer.status() == 401
                            && ours
                            && !again
                            && answer.challenges().stream()
                                    .anyMatch(c -> c.isBearer() || c.isBasic())
                            && authorizer.challenged(
                                    answer, asked(scopes), authorization.orElse(""));
            if (!worth) {
                return answer;
            }
            answer.close();
        }
    }

    private Optional<String> authorization(List<String> scopes) throws IOException {
        try {
            return authorizer.header(asked(scopes));
        } catch (Refused e) {
            throw e.beforeSending();
        }
    }

    /// `repository:<name>:pull` with the names that the server has.
    private List<String> asked(List<String> scopes) {
        return prefix.isEmpty()
                ? scopes
                : scopes.stream()
                        .map(scope -> scope.replaceFirst("^repository:", "repository:" + prefix))
                        .toList();
    }
}
