package dev.carafe.registry;

import dev.carafe.registry.http.Answer;
import dev.carafe.registry.http.Challenge;
import dev.carafe.registry.http.Outgoing;
import dev.carafe.registry.http.Refused;
import dev.carafe.registry.http.Transport;
import dev.carafe.registry.wire.TokenAnswer;
import dev.carafe.registry.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Answers one server's challenges: basic, or bearer tokens from a token server (distribution,
/// "Token Authentication Specification"), kept until shortly before they expire. Thread-safe.
final class Authorizer {
    private static final int MAX_ANSWER = 1 << 20;
    private static final String BEARER = "Bearer ";
    private static final int DEFAULT_SECONDS = 60;
    private static final String CLIENT = "carafe";

    private final Transport transport;
    private final Credentials credentials;
    private final boolean plainAllowed;
    private final Map<List<String>, Token> tokens = new HashMap<>();
    private List<Challenge> challenges = List.of();
    private String refreshToken = "";

    private record Token(String value, long expiresNanos) {
        boolean fresh() {
            return expiresNanos - System.nanoTime() > 0;
        }
    }

    /// @param plainAllowed whether secrets may go to a token server over http
    Authorizer(Transport transport, Credentials credentials, boolean plainAllowed) {
        this.transport = transport;
        this.credentials = credentials;
        this.plainAllowed = plainAllowed;
    }

    /// A refresh token that came along; empty when none did.
    synchronized String refreshToken() {
        return refreshToken;
    }

    /// Takes note of what the server asks for; a token that it refused is not used again.
    ///
    /// @param sent the header that was refused; empty when none was sent
    /// @return false when there is nothing new to try
    synchronized boolean challenged(Answer answer, List<String> scopes, String sent) {
        challenges = answer.challenges();
        if (sent.isEmpty()) {
            return !challenges.isEmpty();
        }
        Token known = tokens.get(scopes);
        if (known != null && sent.equals(BEARER + known.value)) {
            tokens.remove(scopes);
        }
        return sent.startsWith(BEARER)
                && credentials.registryToken().isEmpty()
                && challenges.stream().anyMatch(Challenge::isBearer);
    }

    /// The value of the header `Authorization`; empty when the server asked for nothing.
    ///
    /// @param scopes `repository:library/busybox:pull`
    /// @throws Refused when the token server refuses, or credentials are missing
    synchronized Optional<String> header(List<String> scopes) throws IOException {
        for (Challenge challenge : challenges) {
            if (challenge.isBearer()) {
                return Optional.of(BEARER + token(challenge, scopes));
            }
            if (challenge.isBasic()) {
                return Optional.of("Basic " + basic());
            }
        }
        return Optional.empty();
    }

    private String basic() throws Refused {
        if (credentials.username().isEmpty()) {
            throw Refused.of(401, Refused.NO_CREDENTIALS, "no basic auth credentials");
        }
        String pair = credentials.username() + ":" + credentials.password();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String token(Challenge challenge, List<String> scopes) throws IOException {
        if (!credentials.registryToken().isEmpty()) {
            return credentials.registryToken();
        }
        Token known = tokens.get(scopes);
        if (known == null || !known.fresh()) {
            known = fetch(challenge, scopes);
            tokens.put(scopes, known);
        }
        return known.value;
    }

    private Token fetch(Challenge challenge, List<String> scopes) throws IOException {
        URI realm = realm(challenge);
        long start = System.nanoTime();
        try (Answer answer =
                credentials.identityToken().isEmpty()
                        ? get(realm, challenge, scopes)
                        : post(realm, challenge, scopes)) {
            if (answer.status() != 200) {
                throw answer.refusal();
            }
            TokenAnswer told =
                    WireJson.read(TokenAnswer.class, answer.bytes(MAX_ANSWER))
                            .orElseThrow(() -> new IOException("no token came from " + realm));
            if (told.bearer().isEmpty()) {
                throw new IOException(
                        "authorization server did not include a token in the response");
            }
            if (told.refreshToken() != null) {
                refreshToken = told.refreshToken();
            }
            int seconds = told.expiresIn() == null ? DEFAULT_SECONDS : told.expiresIn();
            // a token's last fifth is left alone: clocks and requests take time
            Duration life =
                    Duration.ofSeconds(Math.clamp(seconds, DEFAULT_SECONDS, 86_400) * 4 / 5);
            return new Token(told.bearer(), start + life.toNanos());
        }
    }

    private URI realm(Challenge challenge) throws IOException {
        URI realm;
        try {
            realm = URI.create(challenge.parameter("realm"));
        } catch (IllegalArgumentException e) {
            throw new IOException("the registry names no token server: " + challenge, e);
        }
        if (realm.getHost() == null) {
            throw new IOException("the registry names no token server");
        }
        if (!"https".equals(realm.getScheme()) && !plainAllowed && !credentials.anonymous()) {
            throw new IOException(
                    "refusing to send credentials to " + realm + " without encryption");
        }
        return realm;
    }

    private Answer get(URI realm, Challenge challenge, List<String> scopes) throws IOException {
        StringBuilder query = new StringBuilder();
        add(query, "service", challenge.parameter("service"));
        scopes.forEach(scope -> add(query, "scope", scope));
        Map<String, String> headers = new HashMap<>();
        if (!credentials.username().isEmpty()) {
            add(query, "account", credentials.username());
            add(query, "client_id", CLIENT);
            add(query, "offline_token", "true");
            headers.put("Authorization", "Basic " + basic());
        }
        String separator = realm.getRawQuery() == null ? "?" : "&";
        return transport.send(
                "GET", URI.create(realm + separator + query), headers, Outgoing.none());
    }

    private Answer post(URI realm, Challenge challenge, List<String> scopes) throws IOException {
        StringBuilder form = new StringBuilder();
        add(form, "grant_type", "refresh_token");
        add(form, "service", challenge.parameter("service"));
        add(form, "client_id", CLIENT);
        add(form, "scope", scopes.stream().collect(Collectors.joining(" ")));
        add(form, "refresh_token", credentials.identityToken());
        return transport.send(
                "POST",
                realm,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                new Outgoing.Bytes(form.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
