package dev.carafe.snapshots.tree;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import java.nio.charset.StandardCharsets;

/// How overlayfs marks in an upper layer what it hides of the lower ones (kernel documentation,
/// filesystems/overlayfs, "whiteouts and opaque directories"), and how image layers do (image-spec
/// layer.md#whiteouts).
public final class Overlay {
    static final String WHITEOUT_PREFIX = ".wh.";
    static final String META_PREFIX = ".wh..wh.";
    static final String OPAQUE_MARKER = ".wh..wh..opq";

    private static final String OPAQUE = "trusted.overlay.opaque";
    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

    private Overlay() {}

    static void makeOpaque(Fd dir) {
        Xattrs.set(dir, OPAQUE, YES, 0);
    }

    public static boolean isOpaque(Fd dir) {
        return Xattrs.get(dir, OPAQUE).filter(v -> v.length == 1 && v[0] == 'y').isPresent();
    }

    /// @throws dev.carafe.linux.ErrnoException EEXIST when the layer has the name itself
    static void makeWhiteout(Fd dir, String name) {
        FileSystem.mknodat(dir, name, Stat.S_IFCHR, 0);
    }

    public static boolean isWhiteout(Stat stat) {
        return stat.type() == Stat.S_IFCHR && stat.rdevMajor() == 0 && stat.rdevMinor() == 0;
    }
}
