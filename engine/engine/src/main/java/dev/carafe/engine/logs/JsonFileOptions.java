package dev.carafe.engine.logs;

import dev.carafe.base.InvalidArgument;
import java.util.Map;

/// How a json-file log is kept.
///
/// @param maxSizeBytes a file that has reached it is rotated; -1: never
/// @param maxFiles how many files there are at most, the current one counted
/// @param attributes stored with every record (`labels`, `env` options)
public record JsonFileOptions(long maxSizeBytes, int maxFiles, Map<String, String> attributes) {
    /// 20 MB in 5 files, where Docker's json-file would grow without bound.
    public static final JsonFileOptions DEFAULTS = new JsonFileOptions(20_000_000, 5, Map.of());

    /// From Docker's options `max-size` (`10m`, `-1`) and `max-file`.
    ///
    /// @throws InvalidArgument not a size or number
    public static JsonFileOptions of(Map<String, String> options, Map<String, String> attributes) {
        long size = DEFAULTS.maxSizeBytes;
        int files = DEFAULTS.maxFiles;
        String maxSize = options.get("max-size");
        if (maxSize != null) {
            size = size(maxSize);
            files = 1;
        }
        String maxFile = options.get("max-file");
        if (maxFile != null) {
            files = count(maxFile);
        }
        return new JsonFileOptions(size, files, attributes);
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text.strip());
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidArgument("invalid value for max-file: " + text);
    }

    private static long size(String text) {
        String s = text.strip().toLowerCase(java.util.Locale.ROOT);
        if (s.equals("-1")) {
            return -1;
        }
        s = s.replaceFirst("i?b$", "");
        int unit = s.isEmpty() ? -1 : "kmgt".indexOf(s.charAt(s.length() - 1));
        String number = unit < 0 ? s : s.substring(0, s.length() - 1);
        try {
            double size = Double.parseDouble(number) * Math.pow(1000, unit + 1);
            if (size >= 1) {
                return (long) size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidArgument("invalid value for max-size: " + text);
    }
}
