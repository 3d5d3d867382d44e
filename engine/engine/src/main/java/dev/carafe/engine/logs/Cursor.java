package dev.carafe.engine.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// How far a log has been shipped, in a file beside it: the time of the last record that was taken,
/// in nanoseconds since 1970, and how many there were. It may lag: some records are then sent twice
/// after a crash, and none is left out.
final class Cursor {
    private final Path file;
    private long nanos;
    private long number;
    private long saved;

    private Cursor(Path file, long nanos, long number) {
        this.file = file;
        this.nanos = nanos;
        this.number = number;
        this.saved = nanos;
    }

    static Cursor at(Path file) throws IOException {
        try {
            String[] words = Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
            return new Cursor(file, Long.parseLong(words[0]), Long.parseLong(words[1]));
        } catch (NoSuchFileException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new Cursor(file, 0, 0);
        }
    }

    long nanos() {
        return nanos;
    }

    long next() {
        return number + 1;
    }

    void taken(long recordNanos) {
        nanos = recordNanos;
        number++;
    }

    void save() throws IOException {
        if (saved != nanos) {
            Files.writeString(file, nanos + " " + number + "\n", StandardCharsets.US_ASCII);
            saved = nanos;
        }
    }
}
