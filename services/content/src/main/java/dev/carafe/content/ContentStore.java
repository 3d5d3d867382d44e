package dev.carafe.content;

import dev.carafe.base.DataLoss;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The blobs of one data root:
///
/// ```
/// <root>/blobs/<algorithm>/<first two hex digits>/<all hex digits>
/// <root>/ingest/...      on their way in; emptied at every open
/// ```
///
/// A blob's life: {@link Lease#begin} -> write -> {@link Ingest#commit} (digest checked, fsync,
/// rename, fsync of the folder) -> read by anyone -> removed by {@link #delete} or {@link
/// #collect}. The same bytes are stored once, however often and from however many threads they
/// come.
///
/// Thread-safe. One process at a time may have a root open. Nothing here holds a whole blob in
/// memory except {@link #read}.
public final class ContentStore {
    private final Path blobs;
    private final Path ingests;
    private final Object lock = new Object();
    private final Map<Digest, Integer> pins = new HashMap<>();
    private final List<Digest> releasedWhileCollecting = new ArrayList<>();
    private int collections;

    /// Opens the store, made when missing; blobs that a crash left half written are removed.
    ///
    /// @throws Internal when the disk refuses
    public ContentStore(Path root) {
        this.blobs = root.resolve("blobs");
        this.ingests = root.resolve("ingest");
        try {
            Files.createDirectories(blobs);
            Files.createDirectories(ingests);
            try (Stream<Path> leftovers = Files.list(ingests)) {
                for (Path leftover : leftovers.toList()) {
                    Files.deleteIfExists(leftover);
                }
            }
        } catch (IOException e) {
            throw failed("open content store " + root, e);
        }
    }

    /// Starts a blob that nothing protects after its commit; for callers that keep collection away
    /// by other means.
    public Ingest begin() {
        return new Ingest(this, null, newTemp());
    }

    /// A new lease that protects nothing yet.
    public Lease lease() {
        return new Lease(this);
    }

    /// A private temporary file in the store's file system, for data that must be read more than
    /// once while its place is not known.
    public Spool spool() {
        return new Spool(newTemp());
    }

    /// The blob's length in bytes; empty when it is not there.
    public Optional<Long> size(Digest digest) {
        try {
            return Optional.of(Files.size(path(digest)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("look at blob " + digest, e);
        }
    }

    public boolean exists(Digest digest) {
        return Files.exists(path(digest));
    }

    /// The blob's bytes, checked against the digest while they are read: a damaged blob shows at
    /// the end of the stream as an {@link IOException} caused by {@link DataLoss}. The caller
    /// closes it.
    ///
    /// @throws NotFound when there is no such blob
    public InputStream open(Digest digest) {
        try {
            return new VerifiedStream(Files.newInputStream(path(digest)), digest);
        } catch (NoSuchFileException e) {
            throw missing(digest, e);
        } catch (IOException e) {
            throw failed("open blob " + digest, e);
        }
    }

    /// The blob's bytes from an offset on, unchecked. The caller closes the stream.
    ///
    /// @throws NotFound when there is no such blob
    public InputStream openAt(Digest digest, long offset) {
        try {
            SeekableByteChannel channel = Files.newByteChannel(path(digest));
            return Channels.newInputStream(channel.position(offset));
        } catch (NoSuchFileException e) {
            throw missing(digest, e);
        } catch (IOException e) {
            throw failed("open blob " + digest, e);
        }
    }

    /// The whole blob.
    ///
    /// @param maxBytes a longer blob is refused
    /// @throws NotFound when there is no such blob
    /// @throws InvalidArgument when it is longer than `maxBytes`
    /// @throws DataLoss when its bytes are no longer those of its digest
    public byte[] read(Digest digest, int maxBytes) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path(digest))) {
            bytes = in.readNBytes(maxBytes);
            if (bytes.length == maxBytes && in.read() >= 0) {
                throw new InvalidArgument(
                        subject(digest),
                        "blob " + digest + " is longer than " + maxBytes + " bytes");
            }
        } catch (NoSuchFileException e) {
            throw missing(digest, e);
        } catch (IOException e) {
            throw failed("read blob " + digest, e);
        }
        if (!digest.hasher().update(bytes, 0, bytes.length).digest().equals(digest)) {
            throw new DataLoss(subject(digest), "blob " + digest + " is damaged on disk");
        }
        return bytes;
    }

    /// Stores bytes that are in memory, under the lease.
    public Digest put(Lease lease, byte[] bytes) {
        return put(lease, bytes, null);
    }

    /// The same under the digest that the bytes must have.
    ///
    /// @throws InvalidArgument when they have another
    public Digest put(Lease lease, byte[] bytes, @Nullable Digest expected) {
        try (Ingest ingest = lease.begin()) {
            ingest.write(bytes, 0, bytes.length);
            return ingest.commit(expected);
        } catch (IOException e) {
            throw failed("store a blob of " + bytes.length + " bytes", e);
        }
    }

    /// Removes the blob, whoever may need it; one that is not there is no error.
    public void delete(Digest digest) {
        try {
            Files.deleteIfExists(path(digest));
        } catch (IOException e) {
            throw failed("remove blob " + digest, e);
        }
    }

    /// Every blob, in no order. The caller closes the stream.
    public Stream<Digest> list() {
        try {
            return Files.walk(blobs, 3)
                    .filter(file -> file.getNameCount() == blobs.getNameCount() + 3)
                    .flatMap(file -> digestOf(file).stream());
        } catch (IOException e) {
            throw failed("list blobs", e);
        }
    }

    /// Removes every blob that neither a root nor a lease protects. Blobs that come in or are
    /// leased while this runs stay.
    ///
    /// @param roots gives the digests that must stay; called once, after the candidates are known
    /// @return how many bytes were freed
    public long collect(Supplier<Set<Digest>> roots) {
        List<Digest> candidates;
        synchronized (lock) {
            collections++;
        }
        try {
            try (Stream<Digest> all = list()) {
                candidates = all.toList();
            }
            Set<Digest> keep = roots.get();
            long freed = 0;
            for (Digest digest : candidates) {
                freed += keep.contains(digest) ? 0 : deleteUnlessLeased(digest);
            }
            return freed;
        } finally {
            endCollection();
        }
    }

    /// Removes the blob unless a lease protects it.
    ///
    /// @return how many bytes were freed
    public long deleteUnlessLeased(Digest digest) {
        synchronized (lock) {
            if (pins.containsKey(digest)) {
                return 0;
            }
            long size = size(digest).orElse(0L);
            delete(digest);
            return size;
        }
    }

    /// True while a lease protects the blob.
    public boolean leased(Digest digest) {
        synchronized (lock) {
            return pins.containsKey(digest);
        }
    }

    private void endCollection() {
        synchronized (lock) {
            if (--collections == 0) {
                releasedWhileCollecting.forEach(this::unpinNow);
                releasedWhileCollecting.clear();
            }
        }
    }

    void pin(Digest digest) {
        synchronized (lock) {
            pins.merge(digest, 1, Integer::sum);
        }
    }

    /// A pin given back during a collection counts until its end: the roots may have been listed
    /// before the new reference was there.
    void unpin(Digest digest) {
        synchronized (lock) {
            if (collections > 0) {
                releasedWhileCollecting.add(digest);
            } else {
                unpinNow(digest);
            }
        }
    }

    private void unpinNow(Digest digest) {
        pins.computeIfPresent(digest, (key, count) -> count == 1 ? null : count - 1);
    }

    /// Makes a finished, synced temporary file the blob; pins it first, so that no collection comes
    /// between.
    void adopt(Path temp, Digest digest, @Nullable Lease lease) throws IOException {
        Path folder = folder(digest);
        Path target = folder.resolve(digest.hex());
        if (createFolder(folder)) {
            DurableFile.syncFolder(blobs.resolve(digest.algorithm()));
            DurableFile.syncFolder(blobs);
        }
        synchronized (lock) {
            if (lease != null) {
                lease.protect(digest);
            }
            if (Files.exists(target)) {
                Files.deleteIfExists(temp);
            } else {
                Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        DurableFile.syncFolder(folder);
    }

    private static boolean createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        Files.createDirectories(folder);
        return true;
    }

    private Path newTemp() {
        while (true) {
            Path temp = ingests.resolve(Ids.random().substring(0, 24));
            try {
                return Files.createFile(temp);
            } catch (FileAlreadyExistsException e) {
                continue;
            } catch (IOException e) {
                throw failed("begin a blob", e);
            }
        }
    }

    private Path path(Digest digest) {
        return folder(digest).resolve(digest.hex());
    }

    private Path folder(Digest digest) {
        return blobs.resolve(digest.algorithm()).resolve(digest.hex().substring(0, 2));
    }

    private static Optional<Digest> digestOf(Path file) {
        String text = file.getName(file.getNameCount() - 3) + ":" + file.getFileName();
        return Digest.isDigest(text) ? Optional.of(Digest.parse(text)) : Optional.empty();
    }

    private static Subject subject(Digest digest) {
        return new Subject("blob", digest.toString());
    }

    private static NotFound missing(Digest digest, Throwable cause) {
        return new NotFound(subject(digest), "blob " + digest + " not found", cause);
    }

    static RuntimeException failed(String what, IOException cause) {
        return Disk.failed(what, cause);
    }
}
