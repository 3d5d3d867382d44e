package dev.carafe.runtime.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What a running plan writes into its report pipe: 64 bytes each, so never torn.
public sealed interface Report {
    /// The size of every record in bytes.
    int SIZE = 64;

    int FAILED = 1;
    int CREATED = 2;
    int STARTED = 3;
    int EXITED = 4;
    int WANTS_MAPS = 5;
    int REFUSED = 6;

    /// Step `step` failed. Only the first one counts: later ones follow from it.
    record Failed(int step, int errno) implements Report {}

    /// The container is made; its first process (pid as the host counts) waits.
    record Created(int pid) implements Report {}

    /// The program was executed, or died before it. `pid` is as the monitor counts.
    record Started(int pid) implements Report {}

    /// A new user namespace waits for its id maps to be written.
    record WantsMaps(int pid) implements Report {}

    /// A runtime that is a program of its own ended with an error; `status` as of wait(2).
    record Refused(int status) implements Report {}

    /// The process ended; `status` as of wait(2).
    record Exited(int status, Instant at, long userMicros, long systemMicros) implements Report {
        /// The exit code, or 128 + signal.
        public int code() {
            return signal() != 0 ? 128 + signal() : status >> 8 & 0xff;
        }

        /// The signal that ended it, or 0.
        public int signal() {
            return status & 0x7f;
        }
    }

    /// Reads one record.
    ///
    /// @throws IllegalArgumentException when the bytes are none
    static Report parse(byte[] record) {
        if (record.length != SIZE) {
            throw new IllegalArgumentException("a report of " + record.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
        int type = (int) in.getLong();
        return switch (type) {
            case FAILED -> new Failed((int) in.getLong(), (int) in.getLong());
            case CREATED -> new Created(pidIn(record));
            case WANTS_MAPS -> new WantsMaps(pidIn(record));
            case REFUSED -> new Refused((int) in.getLong());
            case STARTED -> new Started((int) in.getLong());
            case EXITED -> {
                int status = (int) in.getLong();
                Instant at = Instant.ofEpochSecond(in.getLong(), in.getLong());
                yield new Exited(status, at, micros(in), micros(in));
            }
            default -> throw new IllegalArgumentException("a report of type " + type);
        };
    }

    private static long micros(ByteBuffer timeval) {
        return timeval.getLong() * 1_000_000 + timeval.getLong();
    }

    // the text that /proc/self links to, behind the type
    private static int pidIn(byte[] record) {
        return Integer.parseInt(
                new String(record, 8, 16, StandardCharsets.US_ASCII).replace("\0", ""));
    }
}
