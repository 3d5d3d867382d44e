package dev.carafe.buildkit.export;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.images.Packing;
import dev.carafe.images.Packing.Kind;
import java.util.Map;

/// `compression`, `compression-level` and `force-compression` of exporters and caches.
public final class PackingOptions {
    private static final int MOST_GZIP = 9;
    private static final int MOST_ZSTD = 22;

    private PackingOptions() {}

    /// @throws InvalidArgument for what can't be
    /// @throws NotImplemented for a compression that is not made
    public static Packing of(Map<String, String> attrs) {
        Kind kind = kind(attrs.getOrDefault("compression", ""));
        boolean force = Switches.isOn(attrs, "force-compression", false);
        int level = level(attrs.getOrDefault("compression-level", ""), kind);
        boolean made = kind == Kind.USUAL && (force || level >= 0);
        return new Packing(made ? Kind.GZIP : kind, level, force);
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "" -> Kind.USUAL;
            case "gzip" -> Kind.GZIP;
            case "zstd" -> Kind.ZSTD;
            case "uncompressed" -> Kind.NONE;
            case "estargz" ->
                    throw new NotImplemented(
                            "compression=estargz is not supported: take gzip, zstd or uncompressed");
            default ->
                    throw new InvalidArgument(
                            "unsupported layer compression type: \"" + text + "\"");
        };
    }

    private static int level(String text, Kind kind) {
        if (text.isEmpty()) {
            return -1;
        }
        int most = kind == Kind.ZSTD ? MOST_ZSTD : MOST_GZIP;
        try {
            int level = Integer.parseInt(text);
            if (level >= 0 && level <= most) {
                return level;
            }
        } catch (NumberFormatException e) {
            throw new InvalidArgument(
                    Subject.NONE,
                    "non-integer value " + text + " specified for compression-level",
                    e);
        }
        throw new InvalidArgument(
                "compression-level=" + text + " can't be: it goes from 0 to " + most);
    }
}
