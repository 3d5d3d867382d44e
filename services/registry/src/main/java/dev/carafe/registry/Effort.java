package dev.carafe.registry;

import java.time.Duration;

/// How much a registry is asked for, and how long it is borne with.
///
/// @param attempts how often in a row something may fail before it is given up
/// @param backOff wait before the second attempt, doubled for each further one
/// @param patience how long a server may be silent
/// @param downloads layers that are downloaded at a time
/// @param uploads layers that are uploaded at a time
/// @param ranges of one large layer that are downloaded at a time, where its server is what we wait
///   for; 1 for none
public record Effort(
        int attempts, Duration backOff, Duration patience, int downloads, int uploads, int ranges) {
    /// Docker's numbers.
    static final Effort DEFAULT =
            new Effort(5, Duration.ofSeconds(1), Duration.ofSeconds(60), 3, 5, 4);

    Effort withPatience(int newAttempts, Duration newBackOff, Duration newPatience) {
        return new Effort(newAttempts, newBackOff, newPatience, downloads, uploads, ranges);
    }

    Effort withParallel(int newDownloads, int newUploads) {
        return new Effort(attempts, backOff, patience, newDownloads, newUploads, ranges);
    }

    Effort withRanges(int newRanges) {
        return new Effort(attempts, backOff, patience, downloads, uploads, newRanges);
    }
}
