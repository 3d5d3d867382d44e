package dev.carafe.content;

import dev.carafe.oci.Digest;
import java.util.HashSet;
import java.util.Set;

/// Protects blobs against garbage collection between their arrival and the moment when something
/// durable refers to them. In memory only: after a crash nobody is about to refer to anything.
/// Closing it ends the protection. Thread-safe.
public final class Lease implements AutoCloseable {
    private final ContentStore store;
    private final Set<Digest> held = new HashSet<>();
    private boolean closed;

    Lease(ContentStore store) {
        this.store = store;
    }

    /// Starts a blob; once committed it is under this lease.
    public Ingest begin() {
        return new Ingest(store, this, store.spool().detach());
    }

    /// Keeps the blob, there or not, until this lease is closed.
    public synchronized void protect(Digest digest) {
        if (closed) {
            throw new IllegalStateException("lease is closed");
        }
        if (held.add(digest)) {
            store.pin(digest);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        held.forEach(store::unpin);
        held.clear();
    }
}
