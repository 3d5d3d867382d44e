package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.wire.Filters;
import dev.carafe.dockerapi.wire.Moments;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.PruneFilter;
import dev.carafe.oci.ImageReference;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The filters of `GET /images/json`.
final class ImageFilter implements Predicate<Image> {
    private static final Set<String> KEYS =
            Set.of("before", "dangling", "label", "label!", "reference", "since", "until");
    private static final Set<String> PRUNE_KEYS = Set.of("dangling", "label", "label!", "until");

    private final Map<String, Set<String>> filters;
    private final @Nullable Boolean dangling;
    private final @Nullable Instant before;
    private final @Nullable Instant since;
    private final List<PathMatcher> references;

    ImageFilter(Map<String, Set<String>> filters, ImageStore images) {
        Filters.allow(filters, KEYS);
        this.filters = filters;
        this.dangling = dangling(filters);
        Instant until = values("until").stream().findFirst().map(ImageFilter::moment).orElse(null);
        Instant image =
                values("before").stream()
                        .findFirst()
                        .map(i -> images.get(i).created())
                        .orElse(null);
        this.before = until == null || image != null && image.isBefore(until) ? image : until;
        this.since =
                values("since").stream().findFirst().map(i -> images.get(i).created()).orElse(null);
        this.references = values("reference").stream().map(ImageFilter::glob).toList();
    }

    private Set<String> values(String key) {
        return filters.getOrDefault(key, Set.of());
    }

    @Override
    public boolean test(Image image) {
        Map<String, String> labels = image.config().config().labelsOrEmpty();
        return dangling(image)
                && values("label").stream().allMatch(l -> has(labels, l))
                && values("label!").stream().noneMatch(l -> has(labels, l))
                && (before == null || image.created().isBefore(before))
                && (since == null || image.created().isAfter(since))
                && (references.isEmpty()
                        || image.repoTags().stream().anyMatch(this::referenced)
                        || image.repoDigests().stream().anyMatch(this::referenced));
    }

    /// The image with the names that were asked for only.
    Image narrowed(Image image) {
        return references.isEmpty()
                ? image
                : image.named(
                        image.repoTags().stream().filter(this::referenced).toList(),
                        image.repoDigests().stream().filter(this::referenced).toList());
    }

    private boolean dangling(Image image) {
        return dangling == null || dangling == image.dangling();
    }

    /// @return null when it was not asked for
    private static @Nullable Boolean dangling(Map<String, Set<String>> filters) {
        Set<String> wanted = filters.getOrDefault("dangling", Set.of());
        if (wanted.isEmpty()) {
            return null;
        }
        boolean yes = wanted.contains("true") || wanted.contains("1");
        boolean no = wanted.contains("false") || wanted.contains("0");
        if (yes == no) {
            throw new InvalidArgument(
                    "invalid filter 'dangling=[" + String.join(" ", wanted) + "]'");
        }
        return yes;
    }

    static boolean has(Map<String, String> labels, String wanted) {
        int eq = wanted.indexOf('=');
        return eq < 0
                ? labels.containsKey(wanted)
                : wanted.substring(eq + 1).equals(labels.get(wanted.substring(0, eq)));
    }

    /// A pattern with a tag is compared with name and tag, one without with the name; both in the
    /// short form and the full.
    private boolean referenced(String name) {
        ImageReference r = ImageReference.parse(name);
        return references.stream()
                .anyMatch(m ->
                        m.matches(Path.of(r.familiar()))
                                || m.matches(Path.of(r.familiarName()))
                                || m.matches(Path.of(r.full()))
                                || m.matches(Path.of(r.fullName())));
    }

    private static PathMatcher glob(String pattern) {
        try {
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + pattern.replace("{", "\\{").replace("}", "\\}"));
        } catch (PatternSyntaxException e) {
            throw new InvalidArgument("syntax error in pattern");
        }
    }

    private static Instant moment(String text) {
        return Moments.parse(text);
    }

    static PruneFilter forPrune(Map<String, Set<String>> filters) {
        Filters.allow(filters, PRUNE_KEYS);
        Boolean dangling = dangling(filters);
        return new PruneFilter(
                dangling == null || dangling,
                filters.getOrDefault("until", Set.of()).stream()
                        .findFirst()
                        .map(ImageFilter::moment)
                        .orElse(null),
                List.copyOf(filters.getOrDefault("label", Set.of())),
                List.copyOf(filters.getOrDefault("label!", Set.of())));
    }
}
