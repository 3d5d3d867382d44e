package dev.carafe.registry;

import dev.carafe.base.BulkFilter;
import dev.carafe.base.Subject;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.http.Answer;
import dev.carafe.registry.http.Outgoing;
import dev.carafe.registry.http.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The way into a repository: blobs first, then the manifest that names them (distribution-spec,
/// "Push"). Thread-safe; errors as {@link Repository}.
public final class Publisher {
    private static final Map<String, String> OCTETS =
            Map.of("Content-Type", "application/octet-stream");

    private final ImageReference name;
    private final Servers servers;
    private final RegistryOptions options;
    private final List<String> rights;

    Publisher(ImageReference name, Servers servers, RegistryOptions options) {
        this.name = name;
        this.servers = servers;
        this.options = options;
        this.rights = List.of("repository:" + name.path() + ":pull,push");
    }

    /// Opens a blob's bytes, once for each attempt.
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /// The length of a blob that is there already.
    public Optional<Long> size(Digest blob) {
        return trying(() -> {
            URI uri = servers.main().at(name.path() + "/blobs/" + blob);
            try (Answer answer = send("HEAD", uri, rights, Map.of(), Outgoing.none())) {
                if (answer.status() == 404) {
                    return Optional.empty();
                }
                if (answer.status() != 200) {
                    throw answer.refusal();
                }
                return Optional.of(answer.number("Content-Length"));
            }
        });
    }

    /// Takes a blob over from another repository of the same registry.
    ///
    /// @return false when the registry does not
    public boolean mount(Digest blob, ImageReference from) {
        List<String> both = List.of(rights.getFirst(), "repository:" + from.path() + ":pull");
        return trying(() -> {
            URI uri =
                    servers.main()
                            .at(
                                    name.path()
                                            + "/blobs/uploads/?mount="
                                            + encoded(blob.toString())
                                            + "&from="
                                            + encoded(from.path()));
            try (Answer answer = send("POST", uri, both, Map.of(), Outgoing.none())) {
                if (answer.status() == 202) {
                    abandon(answer);
                    return false;
                }
                return answer.status() == 201;
            }
        });
    }

    /// A registry that does not mount has begun an upload instead.
    private void abandon(Answer begun) throws IOException {
        URI session = location(begun);
        try (Answer ended = send("DELETE", session, rights, Map.of(), Outgoing.none())) {
            // whatever it says: it forgets the upload some day
        }
    }

    /// Sends a blob whose digest is known only when all of it was read. Begins again when the
    /// connection is lost.
    ///
    /// @return length and digest of what was sent
    public Descriptor upload(String mediaType, Source source) {
        return trying(() -> {
            URI session = begin();
            Summed summed = new Summed(source);
            try (Answer sent =
                    send("PATCH", session, rights, OCTETS, Outgoing.stream(summed::open, -1))) {
                if (sent.status() != 202) {
                    throw sent.refusal();
                }
                session = location(sent);
            }
            Digest digest = summed.digest();
            finish(session, digest);
            return Descriptor.of(mediaType, digest, summed.size);
        });
    }

    /// Sends a small blob.
    public Descriptor upload(String mediaType, byte[] bytes) {
        return upload(mediaType, () -> new ByteArrayInputStream(bytes));
    }

    private URI begin() throws IOException {
        URI uri = servers.main().at(name.path() + "/blobs/uploads/");
        try (Answer begun = send("POST", uri, rights, Map.of(), Outgoing.none())) {
            if (begun.status() != 202) {
                throw begun.refusal();
            }
            return location(begun);
        }
    }

    private void finish(URI session, Digest digest) throws IOException {
        String separator = session.getRawQuery() == null ? "?" : "&";
        URI uri = URI.create(session + separator + "digest=" + encoded(digest.toString()));
        try (Answer done = send("PUT", uri, rights, OCTETS, new Outgoing.Bytes(new byte[0]))) {
            if (done.status() != 201 && done.status() != 204) {
                throw done.refusal();
            }
        }
    }

    /// Sends a manifest; all it names must be there.
    ///
    /// @param reference tag or digest
    public void manifest(String reference, String mediaType, byte[] bytes) {
        trying(() -> {
            URI uri = servers.main().at(name.path() + "/manifests/" + reference);
            Map<String, String> headers = Map.of("Content-Type", mediaType);
            try (Answer done = send("PUT", uri, rights, headers, new Outgoing.Bytes(bytes))) {
                if (done.status() != 201 && done.status() != 200) {
                    throw done.refusal();
                }
            }
            return true;
        });
    }

    private Answer send(
            String method, URI uri, List<String> scopes, Map<String, String> headers, Outgoing body)
            throws IOException {
        try {
            return servers.main().send(method, uri, scopes, headers, body);
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            throw Failures.asked(method, uri, e);
        }
    }

    private static URI location(Answer answer) throws IOException {
        String location = answer.header("Location");
        try {
            URI uri = answer.uri().resolve(location);
            if (!location.isEmpty() && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IOException("the registry does not say where to upload to");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// An exchange that may be repeated.
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T trying(Work<T> work) {
        Patience patience = new Patience(options, Patience::sleep);
        try {
            while (true) {
                try {
                    return work.run();
                } catch (IOException e) {
                    patience.failed(e);
                }
            }
        } catch (IOException e) {
            throw Failures.general(new Subject("repository", name.familiarName()), e);
        }
    }

    /// Length and digest of what one attempt read.
    private static final class Summed {
        private final Source source;
        private Digest.Hasher hasher = Digest.sha256();
        private long size;

        Summed(Source source) {
            this.source = source;
        }

        InputStream open() throws IOException {
            hasher = Digest.sha256();
            size = 0;
            return new BulkFilter(source.open()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = in.read(bytes, offset, length);
                    if (count > 0) {
                        hasher.update(bytes, offset, count);
                        size += count;
                    }
                    return count;
                }
            };
        }

        Digest digest() {
            return hasher.digest();
        }
    }
}
