package dev.carafe.base;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Ids of containers, networks and execs: 64 lower-case hex digits, as Docker's.
public final class Ids {
    private static final int SHORT_LENGTH = 12;

    private Ids() {}

    /// A new random id of 64 hex digits whose first 12 are not all decimal (such a short id could
    /// be read as a number).
    public static String random() {
        SecureRandom source = Source.RANDOM;
        byte[] bytes = new byte[32];
        while (true) {
            source.nextBytes(bytes);
            String id = HexFormat.of().formatHex(bytes);
            if (!id.substring(0, SHORT_LENGTH).chars().allMatch(c -> c >= '0' && c <= '9')) {
                return id;
            }
        }
    }

    /// The first 12 digits, as shown in tables and used as a container's default host name.
    public static String shortId(String id) {
        String hex = id.startsWith("sha256:") ? id.substring(7) : id;
        return hex.length() <= SHORT_LENGTH ? hex : hex.substring(0, SHORT_LENGTH);
    }

    /// Created at first use: seeding costs milliseconds that a short command need not pay.
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
