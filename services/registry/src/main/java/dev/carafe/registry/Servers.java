package dev.carafe.registry;

import dev.carafe.base.ClientTls;
import dev.carafe.registry.Endpoint.EncryptedOnly;
import dev.carafe.registry.http.Refused;
import dev.carafe.registry.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The servers of one registry: mirrors first, then itself; greeted when first needed, each once.
/// Thread-safe.
final class Servers implements AutoCloseable {
    private final List<Reach.Candidate> candidates;
    private final Credentials credentials;
    private final RegistryOptions options;
    private final Map<Reach.Candidate, Transport> transports = new HashMap<>();
    private final Map<Reach.Candidate, Endpoint> greeted = new HashMap<>();
    private final CertsDirectory certificates;

    Servers(String domain, Credentials credentials, RegistryOptions options) {
        this.candidates = new Reach(options).candidates(domain);
        this.credentials = credentials;
        this.options = options;
        this.certificates = new CertsDirectory(options.certificates());
    }

    /// What is asked of a server.
    @FunctionalInterface
    interface Question<T> {
        T ask(Endpoint server) throws IOException;
    }

    /// The first server's good answer. A mirror that fails is passed over.
    ///
    /// @throws IOException what the registry itself said
    <T> T onAny(Question<T> question) throws IOException {
        for (Reach.Candidate mirror : candidates) {
            if (mirror.mirror()) {
                try {
                    return ask(endpoint(mirror), question);
                } catch (IOException e) {
                    // the next one knows more, or tells why not
                }
            }
        }
        return ask(main(), question);
    }

    private static <T> T ask(Endpoint server, Question<T> question) throws IOException {
        try {
            return question.ask(server);
        } catch (IOException e) {
            throw Failures.asked("GET", server.at(""), e);
        }
    }

    /// The registry itself, by https or http.
    ///
    /// @throws IOException why the first address failed; the second, where the first said that it
    ///   is not for http
    Endpoint main() throws IOException {
        IOException first = null;
        for (Reach.Candidate candidate : candidates) {
            if (!candidate.mirror()) {
                try {
                    return endpoint(candidate);
                } catch (Refused e) {
                    // it is there and speaks: no other address will do better
                    throw e;
                } catch (IOException e) {
                    boolean told = first != null && !(first.getCause() instanceof EncryptedOnly);
                    first = told ? first : e;
                }
            }
        }
        throw first == null ? new IOException("no address") : first;
    }

    private synchronized Endpoint endpoint(Reach.Candidate candidate) throws IOException {
        Endpoint known = greeted.get(candidate);
        if (known == null) {
            known = greet(candidate);
            greeted.put(candidate, known);
        }
        return known;
    }

    private Endpoint greet(Reach.Candidate candidate) throws IOException {
        try {
            return Endpoint.greet(
                    candidate.base(),
                    transport(candidate),
                    candidate.mirror() ? Credentials.NONE : credentials,
                    !candidate.checked(),
                    candidate.prefix());
        } catch (IOException e) {
            throw Failures.asked("GET", URI.create(candidate.base() + "/v2/"), e);
        }
    }

    private Transport transport(Reach.Candidate candidate) throws IOException {
        Transport known = transports.get(candidate);
        if (known != null) {
            return known;
        }
        ClientTls tls = certificates.tls(candidate.authority(), candidate.checked());
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(options.effort().patience())
                        .proxy(options.proxies().selector())
                        .sslContext(tls.context())
                        .sslParameters(tls.parameters())
                        .build();
        Transport made = new Transport(client, options.effort().patience(), options.userAgent());
        transports.put(candidate, made);
        return made;
    }

    @Override
    public synchronized void close() {
        List<Transport> open = new ArrayList<>(transports.values());
        transports.clear();
        open.forEach(Transport::close);
    }
}
