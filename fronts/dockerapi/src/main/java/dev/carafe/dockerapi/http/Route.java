package dev.carafe.dockerapi.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A method and a pattern of a path, and who answers.
final class Route {
    private final String[] pattern;
    private final Handler handler;

    /// @param pattern segments are texts or `{name}`, which stands for one segment; `{name*}`
    ///   stands for one or more (image names have slashes)
    Route(String pattern, Handler handler) {
        this.pattern = segments(pattern);
        this.handler = handler;
    }

    /// `/a/b` as "", "a" and "b".
    static String[] segments(String path) {
        return path.split("/", -1);
    }

    Handler handler() {
        return handler;
    }

    /// What the pattern's names stand for, or null when the path does not match.
    ///
    /// @param path its {@link #segments}
    @Nullable Map<String, String> match(String[] path) {
        if (path.length < pattern.length) {
            return null;
        }
        Map<String, String> found = new LinkedHashMap<>();
        return matches(1, path, 1, found) ? found : null;
    }

    private boolean matches(int p, String[] path, int s, Map<String, String> found) {
        if (p == pattern.length) {
            return s == path.length;
        }
        String want = pattern[p];
        if (!want.startsWith("{")) {
            return s < path.length && want.equals(path[s]) && matches(p + 1, path, s + 1, found);
        }
        int longest = want.endsWith("*}") ? path.length : Math.min(s + 1, path.length);
        String name = want.substring(1, want.length() - (want.endsWith("*}") ? 2 : 1));
        for (int end = longest; end > s; end--) {
            if (matches(p + 1, path, end, found)) {
                String value = String.join("/", Arrays.copyOfRange(path, s, end));
                found.put(name, value);
                return !value.isEmpty();
            }
        }
        return false;
    }
}
