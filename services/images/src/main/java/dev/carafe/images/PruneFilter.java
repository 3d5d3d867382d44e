package dev.carafe.images;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which unused images a prune takes.
///
/// @param danglingOnly false takes tagged ones too
/// @param until only images created before this moment
/// @param labels `key` or `key=value`, all must be there
/// @param withoutLabels `key` or `key=value`, none may be there
public record PruneFilter(
        boolean danglingOnly,
        @Nullable Instant until,
        List<String> labels,
        List<String> withoutLabels) {
    public static final PruneFilter DANGLING = new PruneFilter(true, null, List.of(), List.of());

    boolean takes(Image image) {
        Map<String, String> have = image.config().config().labelsOrEmpty();
        return (image.dangling() || !danglingOnly)
                && (until == null || image.created().isBefore(until))
                && labels.stream().allMatch(label -> has(have, label))
                && withoutLabels.stream().noneMatch(label -> has(have, label));
    }

    private static boolean has(Map<String, String> have, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? have.containsKey(label)
                : label.substring(equals + 1).equals(have.get(label.substring(0, equals)));
    }
}
