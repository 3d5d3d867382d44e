package dev.carafe.images;

import com.github.luben.zstd.ZstdOutputStream;
import dev.carafe.oci.MediaTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/// How layers are compressed where they are sent or written.
///
/// @param level the compression's own, -1 for the usual one
/// @param force whether layers that are there in another compression are packed anew
public record Packing(Kind kind, int level, boolean force) {
    /// As a layer is there already, else by gzip.
    public static final Packing USUAL = new Packing(Kind.USUAL, -1, false);

    /// Some percent larger than at zlib's default, in less than half the time (docs/adr/0004).
    private static final int GZIP_LEVEL = 1;

    private static final int ZSTD_LEVEL = 3;

    /// A compression.
    public enum Kind {
        USUAL,
        NONE,
        GZIP,
        ZSTD
    }

    /// The same, with gzip as the usual one in OCI's terms.
    public Packing orGzip() {
        return kind == Kind.USUAL ? new Packing(Kind.GZIP, level, force) : this;
    }

    /// The media type of a layer that is packed so: docker's for {@link Kind#USUAL}.
    public String mediaType() {
        return switch (kind) {
            case USUAL -> MediaTypes.DOCKER_LAYER_GZIP;
            case NONE -> MediaTypes.OCI_LAYER;
            case GZIP -> MediaTypes.OCI_LAYER_GZIP;
            case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
        };
    }

    /// Whether a blob of that type need not be packed anew.
    boolean takes(String mediaType) {
        if (!force || kind == Kind.USUAL) {
            return true;
        }
        boolean gzip = mediaType.endsWith("gzip");
        boolean zstd = mediaType.endsWith("zstd");
        return switch (kind) {
            case GZIP -> gzip;
            case ZSTD -> zstd;
            case NONE, USUAL -> !gzip && !zstd;
        };
    }

    /// Compresses what is written; closing ends the compressed stream.
    OutputStream over(OutputStream out, int bufferBytes) throws IOException {
        return switch (kind) {
            case NONE -> out;
            case ZSTD -> new ZstdOutputStream(out, level < 0 ? ZSTD_LEVEL : level);
            case USUAL, GZIP ->
                    new GZIPOutputStream(out, bufferBytes) {
                        {
                            def.setLevel(level < 0 ? GZIP_LEVEL : level);
                        }
                    };
        };
    }
}
