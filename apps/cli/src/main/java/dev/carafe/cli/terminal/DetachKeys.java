package dev.carafe.cli.terminal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Watches what is typed for the keys that detach. The server acts on them; this side only needs to
/// know that they were typed.
public final class DetachKeys {
    private static final byte[] DEFAULT = {16, 17};

    private final byte[] keys;
    private int matched;
    private volatile boolean seen;

    /// @param text such as `ctrl-p,ctrl-q` or `a,ctrl-x`; null = the default
    public DetachKeys(@Nullable String text) {
        keys = text == null || text.isEmpty() ? DEFAULT : parse(text);
    }

    private static byte[] parse(String text) {
        String[] names = text.split(",", -1);
        byte[] keys = new byte[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i].toLowerCase(Locale.ROOT);
            boolean control = name.startsWith("ctrl-") && name.length() == 6;
            char key = control ? name.charAt(5) : names[i].isEmpty() ? 0 : names[i].charAt(0);
            keys[i] = (byte) (control ? key & 0x1f : key);
        }
        return keys;
    }

    /// Looks at bytes on their way.
    public void watch(byte[] bytes, int length) {
        for (int i = 0; i < length && !seen; i++) {
            matched = bytes[i] == keys[matched] ? matched + 1 : bytes[i] == keys[0] ? 1 : 0;
            if (matched == keys.length) {
                seen = true;
                matched = 0;
            }
        }
    }

    /// Whether the whole sequence went by.
    public boolean seen() {
        return seen;
    }
}
