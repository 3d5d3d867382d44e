package dev.carafe.snapshots.tar;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;

/// Refusals of archives, worded alike: they carry the entry's name, made fit for a terminal and a
/// log.
public final class BadTar {
    private static final int SHOWN = 200;

    private BadTar() {}

    /// The entry must not be unpacked.
    public static InvalidArgument entry(String name, String why) {
        return new InvalidArgument(
                new Subject("tar entry", name),
                "refused tar entry \"" + shown(name) + "\": " + why);
    }

    /// The stream is no tar archive, or no longer one here.
    public static InvalidArgument stream(String why) {
        return new InvalidArgument("invalid tar stream: " + why);
    }

    /// The name without control characters or halves of characters, cut to a readable length.
    public static String shown(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(SHOWN)
                .forEach(c -> {
                    if (Character.isISOControl(c) || c >= 0xd800 && c <= 0xdfff || c == '"') {
                        text.append(String.format("\\x%02x", c & 0xff));
                    } else {
                        text.appendCodePoint(c);
                    }
                });
        return name.length() > SHOWN ? text + "..." : text.toString();
    }
}
