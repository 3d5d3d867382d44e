package dev.carafe.registryserver.store;

import dev.carafe.base.Ids;
import dev.carafe.base.InvalidArgument;
import dev.carafe.content.ContentStore;
import dev.carafe.content.Ingest;
import dev.carafe.content.Lease;
import dev.carafe.oci.Digest;
import dev.carafe.registryserver.http.ApiError;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Blobs on their way in, each over any number of requests. In memory: a restart ends them all, and
/// what nobody adds to for an hour. Thread-safe.
public final class Uploads {
    private static final int MOST = 1000;
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int PIECE = 256 << 10;

    private final ContentStore content;
    private final Map<String, Upload> open = new HashMap<>();

    public Uploads(ContentStore content) {
        this.content = content;
    }

    /// One blob on its way in. One thread at a time uses it.
    public static final class Upload {
        private final String id;
        private final RepositoryName repository;
        private final Lease lease;
        private final Ingest ingest;
        private volatile long used = System.nanoTime();

        Upload(String id, RepositoryName repository, Lease lease) {
            this.id = id;
            this.repository = repository;
            this.lease = lease;
            this.ingest = lease.begin();
        }

        public String id() {
            return id;
        }

        /// How many bytes are there.
        public synchronized long size() {
            return ingest.size();
        }

        /// @throws IOException when the client leaves; what came stays
        public synchronized void add(InputStream in) throws IOException {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                ingest.write(piece, 0, n);
                used = System.nanoTime();
            }
        }

        /// Makes it a blob of its repository.
        ///
        /// @throws ApiError DIGEST_INVALID
        synchronized void commit(Digest digest, Shelves shelves) {
            try {
                ingest.commit(digest);
            } catch (InvalidArgument e) {
                throw ApiError.digestInvalid(
                        "provided digest did not match uploaded content: " + e.text());
            }
            shelves.addBlob(repository, digest);
        }

        synchronized void close() {
            ingest.close();
            lease.close();
        }
    }

    /// @throws ApiError TOOMANYREQUESTS
    public Upload begin(RepositoryName repository) {
        expire();
        synchronized (open) {
            if (open.size() >= MOST) {
                throw new ApiError(429, "TOOMANYREQUESTS", "too many uploads are under way");
            }
            Upload upload = new Upload(Ids.random().substring(0, 32), repository, content.lease());
            open.put(upload.id, upload);
            return upload;
        }
    }

    /// @throws ApiError BLOB_UPLOAD_UNKNOWN
    public Upload get(RepositoryName repository, String id) {
        synchronized (open) {
            Upload upload = open.get(id);
            if (upload == null || !upload.repository.equals(repository)) {
                throw new ApiError(
                        404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry: " + id);
            }
            upload.used = System.nanoTime();
            return upload;
        }
    }

    /// Ends the upload, whatever comes of it.
    public void commit(Upload upload, Digest digest, Shelves shelves) {
        try {
            upload.commit(digest, shelves);
        } finally {
            abandon(upload);
        }
    }

    public void abandon(Upload upload) {
        synchronized (open) {
            open.remove(upload.id);
        }
        upload.close();
    }

    private void expire() {
        long now = System.nanoTime();
        List<Upload> old = new ArrayList<>();
        synchronized (open) {
            open.values().stream()
                    .filter(upload -> now - upload.used > LIFE.toNanos())
                    .forEach(old::add);
        }
        old.forEach(this::abandon);
    }
}
