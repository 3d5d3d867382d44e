package dev.carafe.images;

import dev.carafe.images.archive.Compression;
import java.io.IOException;
import java.io.InputStream;

/// Archives as clients send them: plain or compressed by gzip, zstd, bzip2 or xz, told by their
/// first bytes.
public final class PlainStream {
    private PlainStream() {}

    /// The plain content. Closing it closes `in` and frees the decompressor.
    ///
    /// @throws IOException when reading or the compression's header fails
    public static InputStream of(InputStream in) throws IOException {
        return Compression.plain(in);
    }
}
