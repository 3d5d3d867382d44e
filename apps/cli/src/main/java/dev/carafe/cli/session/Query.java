package dev.carafe.cli.session;

import java.nio.charset.StandardCharsets;

/// A request target: a path and its query, percent-encoded (RFC 3986).
public final class Query {
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder target;
    private boolean first = true;

    private Query(String path) {
        target = new StringBuilder(path);
    }

    /// @param path encoded where it must be, see {@link #segment}
    public static Query of(String path) {
        return new Query(path);
    }

    public Query with(String name, String value) {
        target.append(first ? '?' : '&').append(name).append('=').append(encode(value, ""));
        first = false;
        return this;
    }

    /// Adds the pair when the value is not empty.
    public Query withIfAny(String name, String value) {
        return value.isEmpty() ? this : with(name, value);
    }

    /// Adds `name=1` when the condition holds.
    public Query withIf(boolean condition, String name) {
        return condition ? with(name, "1") : this;
    }

    /// A name as a part of a path; slashes and colons of image names stay.
    public static String segment(String name) {
        return encode(name, "/:@");
    }

    private static String encode(String text, String alsoPlain) {
        StringBuilder s = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-_.~".indexOf(c) >= 0 || alsoPlain.indexOf(c) >= 0) {
                s.append(c);
            } else {
                s.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return s.toString();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
