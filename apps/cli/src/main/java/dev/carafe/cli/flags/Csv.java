package dev.carafe.cli.flags;

import dev.carafe.base.InvalidArgument;
import java.util.List;

/// Values of flags with commas.
public final class Csv {
    private Csv() {}

    /// @throws BadValue when a quote is not closed
    public static List<String> fields(String line) {
        try {
            return dev.carafe.base.Csv.fields(line);
        } catch (InvalidArgument e) {
            throw new BadValue(e.text());
        }
    }
}
