package dev.carafe.build.context;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How old files are that came from elsewhere.
public final class Moments {
    private static final List<DateTimeFormatter> DATES =
            List.of(
                    DateTimeFormatter.RFC_1123_DATE_TIME,
                    new DateTimeFormatterBuilder()
                            .appendPattern("EEEE, dd-MMM-")
                            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                            .appendPattern(" HH:mm:ss zzz")
                            .toFormatter(Locale.US),
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                            .withZone(ZoneOffset.UTC));

    private Moments() {}

    /// `Last-Modified`; RFC 9110, section 5.6.7: three ways to write a date.
    public static Optional<Instant> lastModified(HttpHeaders headers) {
        String text = headers.firstValue("Last-Modified").orElse("");
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(Instant.from(form.parse(text)));
            } catch (DateTimeParseException e) {
                // then another one
                continue;
            }
        }
        return Optional.empty();
    }

    /// The last change of a file, or symlink, in the folder; null where there is none.
    public static @Nullable Instant newest(Path folder) {
        var newest =
                new Object() {
                    @Nullable Instant time;
                };
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
                            Instant time = of.lastModifiedTime().toInstant();
                            Instant known = newest.time;
                            newest.time = known == null || time.isAfter(known) ? time : known;
                            return FileVisitResult.CONTINUE;
                        }
                    });
            return newest.time;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "read " + folder + ": " + e.getMessage(), e);
        }
    }
}
