package dev.carafe.registryserver.routes;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import dev.carafe.registryserver.store.RepositoryName;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.store.StoredManifest;
import dev.carafe.registryserver.upstream.Upstream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Manifests and indexes, by tag or digest.
final class ManifestRoutes {
    private static final int MOST_TAGS = 100;

    private final Shelves shelves;
    private final @Nullable Upstream upstream;

    ManifestRoutes(Shelves shelves, @Nullable Upstream upstream) {
        this.shelves = shelves;
        this.upstream = upstream;
    }

    void get(Call call, RepositoryName name, String reference) throws IOException {
        StoredManifest found =
                find(name, reference).orElseThrow(() -> ApiError.manifestUnknown(reference));
        call.with("Docker-Content-Digest", found.digest())
                .with("ETag", "\"" + found.digest() + "\"")
                .with("Content-Type", found.mediaType());
        if (call.header("If-None-Match").filter(t -> t.contains("" + found.digest())).isPresent()) {
            call.end(304);
            return;
        }
        call.send(200, found.bytes());
    }

    private Optional<StoredManifest> find(RepositoryName name, String reference) {
        Upstream source = upstream;
        if (Digest.isDigest(reference)) {
            Digest digest = Digest.parse(reference);
            return source == null ? shelves.manifest(name, digest) : source.byDigest(name, digest);
        }
        requireTag(reference);
        return source == null
                ? shelves.tagged(name, reference).flatMap(d -> shelves.manifest(name, d))
                : source.byTag(name, reference);
    }

    private static void requireTag(String reference) {
        if (reference.contains(":")) {
            throw ApiError.digestInvalid("invalid digest: " + reference);
        }
        if (!Shelves.isTag(reference)) {
            throw ApiError.manifestUnknown(reference);
        }
    }

    void put(Call call, RepositoryName name, String reference) throws IOException {
        byte[] bytes = call.body().readNBytes(Shelves.MAX_MANIFEST + 1);
        if (bytes.length > Shelves.MAX_MANIFEST) {
            throw new ApiError(
                    413, "SIZE_INVALID", "manifest longer than " + Shelves.MAX_MANIFEST + " bytes");
        }
        String type = call.header("Content-Type").orElse("").replaceFirst("\\s*;.*$", "");
        Summary summary = Summary.of(type, bytes);
        boolean byDigest = Digest.isDigest(reference);
        Digest digest =
                byDigest
                        ? Digest.parse(reference).hasher().update(bytes, 0, bytes.length).digest()
                        : Digest.of(bytes);
        if (byDigest && !reference.equals(digest.toString())) {
            throw ApiError.digestInvalid(
                    "provided digest did not match uploaded content: " + digest);
        }
        List<String> tags = byDigest ? tags(call) : List.of(reference);
        tags.forEach(ManifestRoutes::requireTag);
        for (Descriptor blob : summary.blobs()) {
            if (!shelves.hasBlob(name, blob.digest())) {
                throw new ApiError(
                        400,
                        "MANIFEST_BLOB_UNKNOWN",
                        "manifest references a blob unknown to registry: " + blob.digest());
            }
        }
        shelves.putManifest(name, new StoredManifest(digest, type, bytes), summary.subject());
        tags.forEach(tag -> shelves.tag(name, tag, digest));
        if (byDigest && !tags.isEmpty()) {
            call.with("OCI-Tag", String.join(", ", tags));
        }
        summary.subject().ifPresent(subject -> call.with("OCI-Subject", subject));
        call.with("Location", "/v2/" + name + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest)
                .end(201);
    }

    /// Names that a manifest gets when it is put by digest.
    private static List<String> tags(Call call) {
        List<String> tags = call.queries("tag");
        if (tags.size() > MOST_TAGS) {
            throw new ApiError(
                    414, "UNSUPPORTED", "more than " + MOST_TAGS + " tags in one request");
        }
        return tags;
    }

    /// A digest with all its tags, or one tag.
    void delete(Call call, RepositoryName name, String reference) throws IOException {
        boolean removed;
        if (Digest.isDigest(reference)) {
            removed = shelves.removeManifest(name, Digest.parse(reference));
        } else {
            requireTag(reference);
            removed = shelves.removeTag(name, reference);
        }
        if (!removed) {
            throw ApiError.manifestUnknown(reference);
        }
        call.end(202);
    }
}
