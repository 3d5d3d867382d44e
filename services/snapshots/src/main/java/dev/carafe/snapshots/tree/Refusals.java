package dev.carafe.snapshots.tree;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Internal;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Subject;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.snapshots.tar.BadTar;
import java.util.Locale;

/// What an error of the kernel means when it comes up for one entry of an archive.
final class Refusals {
    private Refusals() {}

    static CarafeException of(String entry, ErrnoException e) {
        return switch (e.errno()) {
            case Errno.ENAMETOOLONG -> BadTar.entry(entry, "its name is too long");
            case Errno.ENOSPC, Errno.EDQUOT ->
                    new ResourceExhausted(
                            new Subject("tar entry", entry),
                            "write /"
                                    + BadTar.shown(entry)
                                    + ": "
                                    + e.errorText().toLowerCase(Locale.ROOT),
                            e);
            default ->
                    new Internal(
                            new Subject("tar entry", entry),
                            "unpack " + BadTar.shown(entry) + ": " + e.getMessage(),
                            e);
        };
    }
}
