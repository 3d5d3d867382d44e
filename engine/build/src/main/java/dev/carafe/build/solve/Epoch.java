package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch): seconds since 1970, or an
/// RFC 3339 time.
final class Epoch {
    private Epoch() {}

    /// Whether the text is a moment itself.
    static boolean isMoment(String text) {
        try {
            return parse(text) != null;
        } catch (InvalidArgument e) {
            return false;
        }
    }

    /// @throws InvalidArgument for anything else
    static @Nullable Instant parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return text.matches("\\d{1,12}")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidArgument("invalid SOURCE_DATE_EPOCH: " + text);
        }
    }
}
