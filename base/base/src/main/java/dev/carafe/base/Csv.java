package dev.carafe.base;

import java.util.ArrayList;
import java.util.List;

/// One line of comma-separated values; a field may stand in double quotes, `""` is a quote inside
/// it (RFC 4180).
public final class Csv {
    private Csv() {}

    /// @throws InvalidArgument when a quote is not closed
    public static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new InvalidArgument(
                    "parse error on line 1, column "
                            + line.length()
                            + ": extraneous or missing \" in quoted-field");
        }
        fields.add(field.toString());
        return fields;
    }
}
