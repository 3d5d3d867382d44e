package dev.carafe.engine;

import dev.carafe.base.Conflict;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The version of what a data root holds, in its file `version`: an engine must not open the state
/// of a newer one, in which it would find half-made things to remove.
///
/// | version | since |
/// |---|---|
/// | none | records are `container.json`; still read |
/// | 2 | records are `container.jsonl` |
final class StateVersion {
    static final int CURRENT = 2;

    private StateVersion() {}

    /// Refuses what is too new, and marks as current what is older.
    ///
    /// @throws Conflict the state is of a newer version; nothing was changed
    static void claim(Path dataRoot) {
        Path file = dataRoot.resolve("version");
        try {
            Optional<byte[]> there = DurableFile.read(file);
            if (there.isPresent() && version(there.get()) > CURRENT) {
                throw new Conflict(
                        new Subject("directory", dataRoot.toString()),
                        "the data root %s is of a newer version of Carafe (state version %d, this one knows %d): start that one, or give this one another data root"
                                .formatted(dataRoot, version(there.get()), CURRENT));
            }
            if (there.isEmpty() || version(there.get()) < CURRENT) {
                DurableFile.write(file, (CURRENT + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new Internal(
                    Subject.NONE, "can't read or write " + file + ": " + e.getMessage(), e);
        }
    }

    /// @return more than any when it is no number
    private static int version(byte[] content) {
        try {
            return Integer.parseInt(new String(content, StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
