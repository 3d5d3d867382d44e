package dev.carafe.images.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// What a stream is compressed with, told by its first bytes.
public enum Compression {
    NONE,
    GZIP(0x1f, 0x8b, 8),
    ZSTD(0x28, 0xb5, 0x2f, 0xfd),
    BZIP2('B', 'Z', 'h'),
    XZ(0xfd, '7', 'z', 'X', 'Z', 0);

    private static final int LONGEST = 6;
    private static final int XZ_MEMORY_KIB = 128 << 10;
    private final byte[] magic;

    Compression(int... magic) {
        this.magic = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            this.magic[i] = (byte) magic[i];
        }
    }

    /// The plain content of a stream that may be compressed once. Reads in pieces as large as those
    /// asked for, so ask for some ten kilobytes. Closing it closes `in` and frees the decompressor.
    ///
    /// @throws IOException when reading or the compression's header fails
    public static InputStream plain(InputStream in) throws IOException {
        byte[] start = in.readNBytes(LONGEST);
        PushbackInputStream whole = new PushbackInputStream(in, LONGEST);
        whole.unread(start);
        return switch (of(start)) {
            case NONE -> whole;
            case GZIP -> new GunzipStream(whole);
            case ZSTD -> new ZstdInputStream(whole);
            case BZIP2 -> new BZip2CompressorInputStream(whole, true);
            case XZ -> new XZInputStream(whole, XZ_MEMORY_KIB);
        };
    }

    /// The compression of a stream that starts so.
    public static Compression of(byte[] start) {
        for (Compression candidate : values()) {
            if (candidate != NONE && startsWith(start, candidate.magic)) {
                return candidate;
            }
        }
        return NONE;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
