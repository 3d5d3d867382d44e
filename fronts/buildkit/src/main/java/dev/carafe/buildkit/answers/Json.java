package dev.carafe.buildkit.answers;

import dev.carafe.base.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/// The little JSON that clients are answered in.
public final class Json {
    private Json() {}

    static String list(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }

    /// Lines of a file, as BuildKit's ranges: one a line.
    public static String ranges(int firstLine, int lastLine) {
        return list(
                IntStream.rangeClosed(firstLine, lastLine)
                        .mapToObj(n ->
                                "{\"start\":{\"line\":" + n + "},\"end\":{\"line\":" + n + "}}")
                        .toList());
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A Dockerfile, as BuildKit's source.
    public static String source(String name, String content) {
        return "{\"filename\":"
                + JsonString.quoted(name)
                + ",\"data\":\""
                + base64(content)
                + "\",\"language\":\"Dockerfile\"}";
    }
}
