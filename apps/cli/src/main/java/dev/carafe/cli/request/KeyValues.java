package dev.carafe.cli.request;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Environments and labels, from flags and from files of lines.
public final class KeyValues {
    private KeyValues() {}

    /// Lines of files first, then flags. `K` alone takes the value of this process's environment: a
    /// flag keeps the bare name when there is none (which removes the variable), a line of a file
    /// is dropped.
    ///
    /// @throws Failure when a file can't be read
    public static List<String> environment(List<String> files, List<String> flags) {
        List<String> all = new ArrayList<>();
        for (String file : files) {
            for (String line : lines(file)) {
                if (line.indexOf('=') >= 0) {
                    all.add(line);
                } else if (System.getenv(line) != null) {
                    all.add(line + "=" + System.getenv(line));
                }
            }
        }
        for (String flag : flags) {
            String value = flag.indexOf('=') >= 0 ? null : System.getenv(flag);
            all.add(value == null ? flag : flag + "=" + value);
        }
        return all;
    }

    /// @throws Failure when a file can't be read
    public static JsonObject labels(List<String> files, List<String> flags) {
        JsonObject labels = new JsonObject();
        for (String file : files) {
            put(labels, lines(file));
        }
        put(labels, flags);
        return labels;
    }

    /// Pairs `key=value`; a key alone has the empty value.
    public static JsonObject pairs(List<String> texts) {
        JsonObject pairs = new JsonObject();
        put(pairs, texts);
        return pairs;
    }

    private static void put(JsonObject map, List<String> texts) {
        for (String text : texts) {
            int equals = text.indexOf('=');
            map.put(
                    equals < 0 ? text : text.substring(0, equals),
                    equals < 0 ? "" : text.substring(equals + 1));
        }
    }

    /// The lines that are neither empty nor a comment, without leading spaces.
    private static List<String> lines(String path) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : text(path).split("\n", -1)) {
            number++;
            String entry = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            entry = entry.stripLeading();
            if (number == 1 && entry.startsWith("\uFEFF")) {
                entry = entry.substring(1);
            }
            if (!entry.isEmpty() && entry.charAt(0) != '#') {
                lines.add(checked(path, number, entry));
            }
        }
        return lines;
    }

    private static String checked(String path, int number, String entry) {
        int equals = entry.indexOf('=');
        String name = equals < 0 ? entry : entry.substring(0, equals);
        if (name.isEmpty()) {
            throw new Failure(
                    125,
                    "invalid env file (" + path + "): no variable name on line '" + entry + "'");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isWhitespace(name.charAt(i))) {
                throw new Failure(
                        125,
                        "invalid env file ("
                                + path
                                + "): variable '"
                                + name
                                + "' contains whitespaces (line "
                                + number
                                + ")");
            }
        }
        return entry;
    }

    private static String text(String path) {
        return text(path, null);
    }

    /// The text of a file.
    ///
    /// @param doing what fails when the file can't be read, for the sentence; null = only Go's
    static String text(String path, @Nullable String doing) {
        File file = new File(path);
        String prefix = doing == null ? "" : doing;
        if (!file.exists()) {
            throw new Failure(125, prefix + "open " + path + ": no such file or directory");
        }
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(125, prefix + "open " + path + ": " + reason(e));
        }
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.lastIndexOf('(');
        return open < 0
                ? message
                : message.substring(open + 1, message.length() - 1).toLowerCase(Locale.ROOT);
    }
}
