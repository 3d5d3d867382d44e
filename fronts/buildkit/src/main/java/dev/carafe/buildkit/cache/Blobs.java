package dev.carafe.buildkit.cache;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/// Where the documents and layers of a cache come from. Thread-safe; closed after the build.
interface Blobs extends AutoCloseable {
    /// The longest document that is read.
    int MAX_DOCUMENT = 8 << 20;

    /// @param bytes a manifest or an index
    record Document(byte[] bytes, String type) {}

    /// The one that the cache's name leads to.
    Document top();

    /// One that an index lists.
    Document document(Digest digest);

    byte[] small(Descriptor blob);

    /// A layer, checked against its digest at the end of the stream.
    InputStream open(Descriptor blob) throws IOException;

    @Override
    void close();
}
