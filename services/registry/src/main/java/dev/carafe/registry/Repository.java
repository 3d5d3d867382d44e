package dev.carafe.registry;

import dev.carafe.base.DataLoss;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.MediaTypes;
import dev.carafe.registry.http.Answer;
import dev.carafe.registry.http.Refused;
import dev.carafe.registry.wire.MediaTypeOf;
import dev.carafe.registry.wire.TagList;
import dev.carafe.registry.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One repository of a registry, for one undertaking of one user: greets the servers when first
/// asked, and closes its connections when closed. Thread-safe.
///
/// Errors: {@link dev.carafe.base.NotFound}, {@link dev.carafe.base.PermissionDenied}, {@link
/// dev.carafe.base.Unauthenticated}, {@link dev.carafe.base.Unavailable} where the registry limits
/// us, {@link dev.carafe.base.DeadlineExceeded} where it is silent, {@link
/// dev.carafe.base.DataLoss} where it sends something else than was asked for, else {@link
/// dev.carafe.base.Internal}.
public final class Repository implements AutoCloseable {
    static final int MAX_MANIFEST = 4 << 20;
    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1";
    private static final int MAX_TAG_PAGES = 1000;
    private static final String ACCEPT =
            String.join(
                    ", ",
                    MediaTypes.OCI_INDEX,
                    MediaTypes.DOCKER_LIST,
                    MediaTypes.OCI_MANIFEST,
                    MediaTypes.DOCKER_MANIFEST);

    private final ImageReference name;
    private final Servers servers;
    private final RegistryOptions options;
    private final List<String> reading;

    Repository(ImageReference name, Servers servers, RegistryOptions options) {
        this.name = name;
        this.servers = servers;
        this.options = options;
        this.reading = List.of("repository:" + name.path() + ":pull");
    }

    /// Manifest or index as the exact bytes.
    ///
    /// @param type media type
    /// @param digest sha256 of the bytes, or the digest that was asked for
    public record Document(byte[] bytes, String type, Digest digest) {
        public Descriptor descriptor() {
            return Descriptor.of(type, digest, bytes.length);
        }
    }

    /// Fetches a manifest or an index.
    ///
    /// @param image of this repository; its digest counts more than its tag
    /// @throws InvalidArgument for an image in schema 1
    public Document manifest(ImageReference image) {
        try {
            return patiently(server -> manifest(server, image));
        } catch (IOException e) {
            throw Failures.pulling(image, e);
        }
    }

    /// Asks again as long as the server says that it may answer a little later. A limit without an
    /// end (429 without Retry-After) and a server that can't be reached are told at once: somebody
    /// waits for it.
    private <T> T patiently(Servers.Question<T> question) throws IOException {
        Patience patience = new Patience(options, Patience::sleep);
        while (true) {
            try {
                return servers.onAny(question);
            } catch (Refused e) {
                if (!e.worthWaiting()) {
                    throw e;
                }
                patience.failed(e);
            }
        }
    }

    private Document manifest(Endpoint server, ImageReference image) throws IOException {
        String what = reference(image);
        URI uri = server.at(name.path() + "/manifests/" + what);
        try (Answer answer = server.get(uri, reading, Map.of("Accept", ACCEPT))) {
            if (answer.status() != 200) {
                throw unknown(answer.refusal(), what);
            }
            byte[] bytes = answer.bytes(MAX_MANIFEST);
            String type = answer.header("Content-Type").replaceFirst("\\s*;.*$", "");
            return checked(image, bytes, type);
        } catch (Refused e) {
            // docker's first request is a HEAD, and that is in the sentence that users know
            throw Failures.asked("HEAD", uri, e);
        }
    }

    /// A 404 without a reason is about the manifest.
    private static Refused unknown(Refused refusal, String what) {
        return refusal.status() == 404 && refusal.code().equals("UNKNOWN")
                ? Refused.of(404, Refused.MANIFEST_UNKNOWN, "manifest unknown: " + what)
                : refusal;
    }

    private static String reference(ImageReference image) {
        Digest digest = image.digest();
        return digest != null ? digest.toString() : String.valueOf(image.withDefaultTag().tag());
    }

    private static Document checked(ImageReference image, byte[] bytes, String header)
            throws IOException {
        Digest wanted = image.digest();
        Digest actual =
                wanted == null
                        ? Digest.of(bytes)
                        : wanted.hasher().update(bytes, 0, bytes.length).digest();
        if (wanted != null && !wanted.equals(actual)) {
            String text = "manifest verification failed for digest " + wanted;
            throw new IOException(
                    text, new DataLoss(new Subject("manifest", wanted.toString()), text));
        }
        MediaTypeOf told =
                WireJson.read(MediaTypeOf.class, bytes)
                        .orElseThrow(() -> new IOException("the manifest is no JSON document"));
        String type = told.mediaType() != null ? told.mediaType() : header;
        if (told.schemaVersion() == 1 || type.startsWith(SCHEMA_1)) {
            throw new IOException(new InvalidArgument(schema1(image)));
        }
        if (!MediaTypes.isIndex(type) && !MediaTypes.isManifest(type)) {
            throw new IOException(
                    new InvalidArgument("unsupported manifest media type \"" + type + "\""));
        }
        return new Document(bytes, type, actual);
    }

    private static String schema1(ImageReference image) {
        return "Docker Image Format v1 and Docker Image manifest version 2, schema 1 support has been removed. Suggest the author of "
                + image.familiar()
                + " to upgrade the image to the OCI Format or Docker Image manifest v2, schema 2.";
    }

    /// The blob as a stream that is verified at its end and resumes by itself.
    ///
    /// @throws IOException nothing yet: the request is sent at the first read
    public BlobStream blob(Descriptor blob) {
        return blob(blob, BlobStream.Verdict.BY_HALF);
    }

    BlobStream blob(Descriptor blob, BlobStream.Verdict verdict) {
        BlobStream.Opener opener = range -> servers.onAny(server -> blob(server, blob, range));
        return new BlobStream(blob, opener, options, verdict);
    }

    private Answer blob(Endpoint server, Descriptor blob, ByteRange range) throws IOException {
        URI uri = server.at(name.path() + "/blobs/" + blob.digest());
        Map<String, String> headers =
                range.isWhole() ? Map.of() : Map.of("Range", range.requested());
        Answer answer = server.get(uri, reading, headers);
        if (answer.status() != 200 && answer.status() != 206) {
            throw answer.refusal();
        }
        return answer;
    }

    /// The whole of a small blob.
    ///
    /// @throws InvalidArgument when it says it is longer than `maxBytes`
    public byte[] small(ImageReference image, Descriptor blob, int maxBytes) {
        if (blob.size() > maxBytes) {
            throw new InvalidArgument(
                    "blob " + blob.digest() + " is longer than " + maxBytes + " bytes");
        }
        try (BlobStream in = blob(blob)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Failures.pulling(image, e);
        }
    }

    /// What a failed read of {@link #blob} means.
    public RuntimeException failed(ImageReference image, IOException failure) {
        return Failures.pulling(image, failure);
    }

    /// Every tag, in the registry's order.
    public List<String> tags() {
        try {
            return patiently(this::tags);
        } catch (IOException e) {
            throw Failures.pulling(name, e);
        }
    }

    private List<String> tags(Endpoint server) throws IOException {
        List<String> all = new ArrayList<>();
        URI page = server.at(name.path() + "/tags/list");
        for (int i = 0; page != null && i < MAX_TAG_PAGES; i++) {
            try (Answer answer = server.get(page, reading, Map.of())) {
                if (answer.status() != 200) {
                    throw answer.refusal();
                }
                TagList list =
                        WireJson.read(TagList.class, answer.bytes(MAX_MANIFEST))
                                .orElseThrow(
                                        () -> new IOException("the list of tags is unreadable"));
                all.addAll(list.tags() == null ? List.of() : list.tags());
                page = next(answer);
            }
        }
        return all;
    }

    /// What refers to a manifest of this repository, in the registry's order; nothing when the
    /// registry knows of none.
    ///
    /// @param artifactType only such; empty for all
    public List<Descriptor> referrers(Digest subject, String artifactType) {
        Referrers question = new Referrers(name.path(), subject, artifactType, reading);
        try {
            return patiently(question::on);
        } catch (Refused e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw Failures.pulling(name, e);
        } catch (IOException e) {
            throw Failures.pulling(name, e);
        }
    }

    /// `Link: </v2/...>; rel="next"` (distribution-spec, listing tags).
    static @Nullable URI next(Answer answer) {
        String link = answer.header("Link");
        int end = link.indexOf('>');
        return link.startsWith("<") && end > 0 && link.contains("next")
                ? answer.uri().resolve(link.substring(1, end))
                : null;
    }

    /// The way in.
    public Publisher publisher() {
        return new Publisher(name, servers, options);
    }

    public ImageReference name() {
        return name;
    }

    @Override
    public void close() {
        servers.close();
    }
}
