package dev.carafe.build.context;

import dev.carafe.build.files.FileSums;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Contexts that stay after a build, for the next one of the same client and folder: only what
/// changed has to come then. A few, for a while. Thread-safe.
final class KeptFolders {
    private static final int MOST = 4;
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Path folder;
    private final Set<Path> busy = new HashSet<>();

    /// Since when; the longest unused first.
    private final Map<Path, Instant> idle = new LinkedHashMap<>();

    /// Of the folders that are busy or idle.
    private final Map<Path, FileSums> sums = new HashMap<>();

    KeptFolders(Path folder) {
        this.folder = folder;
    }

    /// A place that is this build's alone until it is given back; empty when another build has it.
    synchronized Optional<Path> take(String key) {
        Digest digest = Digest.of(key.getBytes(StandardCharsets.UTF_8));
        Path place = folder.resolve("kept-" + digest.hex());
        if (!busy.add(place)) {
            return Optional.empty();
        }
        idle.remove(place);
        return Optional.of(place);
    }

    /// What builds learnt of the files at a place that is taken.
    synchronized FileSums sums(Path place) {
        return sums.computeIfAbsent(place, _ -> new FileSums());
    }

    synchronized void giveBack(Path place) {
        busy.remove(place);
        idle.put(place, Instant.now());
        Instant oldest = Instant.now().minus(LONGEST);
        Iterator<Map.Entry<Path, Instant>> all = idle.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Path, Instant> next = all.next();
            if (idle.size() > MOST || next.getValue().isBefore(oldest)) {
                all.remove();
                delete(next.getKey());
            }
        }
    }

    /// Removes those that no build uses now.
    synchronized void drop() {
        idle.keySet().forEach(this::delete);
        idle.clear();
    }

    private void delete(Path place) {
        sums.remove(place);
        BuildContext.delete(place);
    }
}
