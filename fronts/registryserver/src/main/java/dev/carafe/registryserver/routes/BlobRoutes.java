package dev.carafe.registryserver.routes;

import dev.carafe.content.ContentStore;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.registryserver.http.ApiError;
import dev.carafe.registryserver.http.Call;
import dev.carafe.registryserver.store.RepositoryName;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.upstream.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Blobs that are there.
final class BlobRoutes {
    private static final int PIECE = 256 << 10;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final Shelves shelves;
    private final ContentStore content;
    private final @Nullable Upstream upstream;

    BlobRoutes(Shelves shelves, @Nullable Upstream upstream) {
        this.shelves = shelves;
        this.content = shelves.content();
        this.upstream = upstream;
    }

    void get(Call call, RepositoryName name, Digest digest) throws IOException {
        call.with("Docker-Content-Digest", digest).with("Content-Type", "application/octet-stream");
        if (shelves.hasBlob(name, digest)) {
            here(call, digest);
            return;
        }
        Upstream source = upstream;
        Descriptor blob =
                Optional.ofNullable(source)
                        .flatMap(s -> s.blob(name, digest))
                        .orElseThrow(() -> ApiError.blobUnknown(digest));
        if (call.method().equals("HEAD") || source == null) {
            call.head(200, blob.size());
            return;
        }
        try (OutputStream out = call.stream(200, blob.size())) {
            source.copy(name, blob, out);
        }
    }

    private void here(Call call, Digest digest) throws IOException {
        long size = content.size(digest).orElseThrow(() -> ApiError.blobUnknown(digest));
        call.with("Accept-Ranges", "bytes").with("ETag", "\"" + digest + "\"");
        long from = 0;
        long to = size - 1;
        Matcher range = RANGE.matcher(call.header("Range").orElse(""));
        boolean part = range.matches() && range.group().length() > "bytes=-".length();
        if (part) {
            boolean suffix = range.group(1).isEmpty();
            from =
                    suffix
                            ? Math.max(0, size - Long.parseLong(range.group(2)))
                            : Long.parseLong(range.group(1));
            if (!suffix && !range.group(2).isEmpty()) {
                to = Math.min(to, Long.parseLong(range.group(2)));
            }
            if (from > to) {
                call.with("Content-Range", "bytes */" + size);
                throw new ApiError(416, "RANGE_INVALID", "invalid content range");
            }
            call.with("Content-Range", "bytes " + from + "-" + to + "/" + size);
        }
        int status = part ? 206 : 200;
        if (call.method().equals("HEAD")) {
            call.head(status, to - from + 1);
        } else {
            send(call, status, digest, from, to - from + 1);
        }
    }

    private void send(Call call, int status, Digest digest, long from, long length)
            throws IOException {
        try (InputStream in = content.openAt(digest, from);
                OutputStream out = call.stream(status, length)) {
            byte[] piece = new byte[PIECE];
            for (long left = length; left > 0; ) {
                int n = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (n < 0) {
                    throw new IOException("blob " + digest + " is shorter than it was");
                }
                out.write(piece, 0, n);
                left -= n;
            }
        }
    }

    void delete(Call call, RepositoryName name, Digest digest) throws IOException {
        if (!shelves.removeBlob(name, digest)) {
            throw ApiError.blobUnknown(digest);
        }
        call.end(202);
    }
}
