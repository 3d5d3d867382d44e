package dev.carafe.registryserver.routes;

import dev.carafe.content.Lease;
import dev.carafe.oci.Digest;
import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import dev.carafe.registryserver.store.RepositoryName;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.store.Uploads;
import dev.carafe.registryserver.store.Uploads.Upload;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Blobs on their way in: at once, as one stream, in pieces, or taken over from another repository.
final class UploadRoutes {
    private static final Pattern RANGE =
            Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(/.*)?");

    private final Shelves shelves;
    private final Uploads uploads;

    UploadRoutes(Shelves shelves) {
        this.shelves = shelves;
        this.uploads = new Uploads(shelves.content());
    }

    void begin(Call call, RepositoryName name) throws IOException {
        Optional<Digest> mount = call.query("mount").map(UploadRoutes::digest);
        if (mount.isPresent() && mounted(call, name, mount.get())) {
            created(call, name, mount.get());
            return;
        }
        Optional<Digest> whole = call.query("digest").map(UploadRoutes::digest);
        Upload upload = uploads.begin(name);
        if (whole.isPresent()) {
            addOrAbandon(call, upload);
            uploads.commit(upload, whole.get(), shelves);
            created(call, name, whole.get());
        } else {
            accepted(call, name, upload, 202);
        }
    }

    /// Without `from` nothing is taken over: who may not read a repository must not learn what is
    /// in it.
    private boolean mounted(Call call, RepositoryName name, Digest digest) {
        Optional<RepositoryName> from = call.query("from").map(RepositoryName::new);
        try (Lease lease = shelves.content().lease()) {
            lease.protect(digest);
            if (from.isEmpty() || !shelves.hasBlob(from.get(), digest)) {
                return false;
            }
            shelves.addBlob(name, digest);
            return true;
        }
    }

    private void addOrAbandon(Call call, Upload upload) throws IOException {
        try {
            upload.add(call.body());
        } catch (IOException | RuntimeException e) {
            uploads.abandon(upload);
            throw e;
        }
    }

    void status(Call call, RepositoryName name, String id) throws IOException {
        accepted(call, name, uploads.get(name, id), 204);
    }

    void piece(Call call, RepositoryName name, String id) throws IOException {
        Upload upload = uploads.get(name, id);
        inOrder(call, upload);
        upload.add(call.body());
        accepted(call, name, upload, 202);
    }

    /// A piece must begin where the last one ended.
    private static void inOrder(Call call, Upload upload) {
        Optional<String> header = call.header("Content-Range");
        if (header.isEmpty()) {
            return;
        }
        Matcher range = RANGE.matcher(header.get());
        if (!range.matches()) {
            throw new ApiError(
                    400, "BLOB_UPLOAD_INVALID", "invalid Content-Range: " + header.get());
        }
        long from = Long.parseLong(range.group(1));
        long to = Long.parseLong(range.group(2));
        long length = call.header("Content-Length").map(UploadRoutes::number).orElse(-1L);
        if (from != upload.size() || to < from - 1) {
            throw new ApiError(
                    416,
                    "RANGE_INVALID",
                    "the next byte of this upload is " + upload.size() + ", not " + from);
        }
        if (length >= 0 && length != to - from + 1) {
            throw new ApiError(400, "SIZE_INVALID", "Content-Range and Content-Length differ");
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void finish(Call call, RepositoryName name, String id) throws IOException {
        Upload upload = uploads.get(name, id);
        Digest digest =
                digest(
                        call.query("digest")
                                .orElseThrow(() -> ApiError.digestInvalid("digest missing")));
        inOrder(call, upload);
        upload.add(call.body());
        uploads.commit(upload, digest, shelves);
        created(call, name, digest);
    }

    void abandon(Call call, RepositoryName name, String id) throws IOException {
        uploads.abandon(uploads.get(name, id));
        call.end(204);
    }

    private static void accepted(Call call, RepositoryName name, Upload upload, int status)
            throws IOException {
        call.with("Location", "/v2/" + name + "/blobs/uploads/" + upload.id())
                .with("Docker-Upload-UUID", upload.id())
                .with("Range", "0-" + Math.max(0, upload.size() - 1))
                .end(status);
    }

    private static void created(Call call, RepositoryName name, Digest digest) throws IOException {
        call.with("Location", "/v2/" + name + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest)
                .end(201);
    }

    static Digest digest(String text) {
        if (!Digest.isDigest(text)) {
            throw ApiError.digestInvalid("invalid digest: " + text);
        }
        return Digest.parse(text);
    }
}
