package dev.carafe.testkit;

import dev.carafe.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// How a layer is stored.
public enum Packing {
    PLAIN(MediaTypes.OCI_LAYER),
    GZIP(MediaTypes.OCI_LAYER_GZIP);

    final String mediaType;

    Packing(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The stored form of the bytes.
    public byte[] pack(byte[] plain) {
        return switch (this) {
            case PLAIN -> plain;
            case GZIP -> gzip(plain);
        };
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
