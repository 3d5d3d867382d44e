package dev.carafe.engine.streams;

import dev.carafe.base.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Looks for the key sequence that detaches a client. Not thread-safe.
final class DetachKeys {
    private static final byte[] DEFAULT = {16, 17};
    private final byte[] keys;
    private int matched;

    private DetachKeys(byte[] keys) {
        this.keys = keys;
    }

    /// @param text `ctrl-p,ctrl-q`, `a,b`; null or empty: the default
    /// @throws InvalidArgument a key that is none
    static DetachKeys parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return new DetachKeys(DEFAULT);
        }
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (String key : text.split(",")) {
            if (key.length() == 1) {
                keys.write(key.charAt(0));
            } else if (key.length() == 6 && key.startsWith("ctrl-")) {
                keys.write(control(key.charAt(5), text));
            } else {
                throw new InvalidArgument(
                        "Unknown character: '" + key + "' in the detach keys " + text);
            }
        }
        return new DetachKeys(keys.toByteArray());
    }

    private static int control(char c, String text) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 1;
        }
        return switch (c) {
            case '@' -> 0;
            case '[' -> 27;
            case '\\' -> 28;
            case ']' -> 29;
            case '^' -> 30;
            case '_' -> 31;
            default ->
                    throw new InvalidArgument(
                            "Unknown character: 'ctrl-" + c + "' in the detach keys " + text);
        };
    }

    /// What of the input is to be passed on; null when the sequence is complete. Bytes of a
    /// sequence that breaks off are passed on then.
    byte @Nullable [] filter(byte[] data, int offset, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + keys.length);
        for (int i = offset; i < offset + length; i++) {
            while (matched > 0 && data[i] != keys[matched]) {
                int shorter = restart();
                out.write(keys, 0, matched - shorter);
                matched = shorter;
            }
            if (data[i] != keys[matched]) {
                out.write(data[i]);
            } else if (++matched == keys.length) {
                matched = 0;
                return null;
            }
        }
        return out.toByteArray();
    }

    /// How much of the sequence's begin the end of what has matched is, itself left out.
    private int restart() {
        for (int length = matched - 1; length > 0; length--) {
            if (Arrays.equals(keys, 0, length, keys, matched - length, matched)) {
                return length;
            }
        }
        return 0;
    }
}
