package dev.carafe.registryserver.upstream;

import dev.carafe.base.CarafeException;
import dev.carafe.base.NotFound;
import dev.carafe.content.Ingest;
import dev.carafe.content.Lease;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.registry.BlobStream;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.Repository;
import dev.carafe.registryserver.store.RepositoryName;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.store.StoredManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.stream.Stream;

/// Another registry whose things are fetched when first asked for and kept. Thread-safe.
public final class Upstream {
    private static final System.Logger LOG = System.getLogger(Upstream.class.getName());
    private static final int PIECE = 256 << 10;

    private final Shelves shelves;
    private final Registries registries;
    private final String host;
    private final Credentials credentials;

    /// @param host `docker.io`, `reg.example:5000`
    public Upstream(Shelves shelves, Registries registries, String host, Credentials credentials) {
        this.shelves = shelves;
        this.registries = registries;
        this.host = host;
        this.credentials = credentials;
    }

    /// The manifest that the tag means there now; what is kept where nobody answers there.
    public Optional<StoredManifest> byTag(RepositoryName name, String tag) {
        ImageReference image = image(name).withTag(tag);
        try {
            StoredManifest found = fetch(name, image);
            shelves.tag(name, tag, found.digest());
            return Optional.of(found);
        } catch (NotFound e) {
            return Optional.empty();
        } catch (CarafeException e) {
            LOG.log(Level.WARNING, "{0} is not reached: {1}", host, e.text());
            return shelves.tagged(name, tag).flatMap(kept -> shelves.manifest(name, kept));
        }
    }

    public Optional<StoredManifest> byDigest(RepositoryName name, Digest digest) {
        Optional<StoredManifest> kept = shelves.manifest(name, digest);
        if (kept.isPresent()) {
            return kept;
        }
        try {
            return Optional.of(fetch(name, image(name).withDigest(digest)));
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    private ImageReference image(RepositoryName name) {
        return ImageReference.parse(host + "/" + name);
    }

    private StoredManifest fetch(RepositoryName name, ImageReference image) {
        try (Repository there = registries.open(image, credentials)) {
            Repository.Document document = there.manifest(image);
            StoredManifest manifest =
                    new StoredManifest(document.digest(), document.type(), document.bytes());
            shelves.putManifest(name, manifest, Optional.empty());
            return manifest;
        }
    }

    /// What a manifest that was fetched says of the blob.
    public Optional<Descriptor> blob(RepositoryName name, Digest digest) {
        return shelves.manifests(name).stream()
                .filter(manifest -> MediaTypes.isManifest(manifest.mediaType()))
                .map(manifest -> OciJson.manifest(manifest.bytes()))
                .flatMap(Upstream::parts)
                .filter(part -> part.digest().equals(digest))
                .findFirst();
    }

    private static Stream<Descriptor> parts(Manifest manifest) {
        return Stream.concat(Stream.of(manifest.config()), manifest.layers().stream());
    }

    /// Writes the blob to the client while it comes in, and keeps it when it is whole.
    ///
    /// @throws IOException when either side breaks off, or the bytes are wrong: the client must not
    ///   take what it has for the whole
    public void copy(RepositoryName name, Descriptor blob, OutputStream out) throws IOException {
        try (Repository there = registries.open(image(name), credentials);
                BlobStream in = there.blob(blob);
                Lease lease = shelves.content().lease();
                Ingest ingest = lease.begin()) {
            byte[] piece = new byte[PIECE];
            long left = blob.size();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                ingest.write(piece, 0, n);
                left -= n;
                // the last bytes only when all is verified
                if (left > 0) {
                    out.write(piece, 0, n);
                } else {
                    finish(in, ingest, name, blob);
                    out.write(piece, 0, n);
                    break;
                }
            }
        }
    }

    private void finish(BlobStream in, Ingest ingest, RepositoryName name, Descriptor blob)
            throws IOException {
        if (in.read() >= 0) {
            throw new IOException("longer than it should be: " + blob.digest());
        }
        ingest.commit(blob.digest());
        shelves.addBlob(name, blob.digest());
    }
}
