package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.build.cache.CacheItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Which things of the build cache a client means, in containerd's language of filters:
/// `id~=x,type==regular`, `shared`, `description!=y`. What is said of truth values is told as
/// `true` or `false`, which BuildKit takes for never.
final class UsageFilter {
    private static final Pattern PART = Pattern.compile("([A-Za-z]+)(?:(==|!=|~=|=)(.*))?");

    private UsageFilter() {}

    /// @param filters of which one must fit; each has parts with commas between, which all must
    /// @throws InvalidArgument for what is none
    static Predicate<CacheItem> of(List<String> filters) {
        List<Predicate<CacheItem>> any =
                filters.stream().filter(filter -> !filter.isEmpty()).map(UsageFilter::all).toList();
        return item -> any.isEmpty() || any.stream().anyMatch(one -> one.test(item));
    }

    private static Predicate<CacheItem> all(String filter) {
        List<Predicate<CacheItem>> parts = new ArrayList<>();
        for (String part : filter.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            parts.add(part(part));
        }
        return item -> parts.stream().allMatch(part -> part.test(item));
    }

    private static Predicate<CacheItem> part(String text) {
        Matcher part = PART.matcher(text);
        if (!part.matches()) {
            throw new InvalidArgument("invalid filter: " + text);
        }
        String name = part.group(1);
        value(name, null);
        String operator = part.group(2);
        if (operator == null) {
            return item -> isThere(value(name, item));
        }
        String wanted = unquoted(part.group(3));
        return switch (operator) {
            case "!=" -> item -> !value(name, item).equals(wanted);
            case "~=" -> {
                Pattern pattern = pattern(wanted);
                yield item -> pattern.matcher(value(name, item)).find();
            }
            default -> item -> value(name, item).equals(wanted);
        };
    }

    private static boolean isThere(String value) {
        return !value.isEmpty() && !value.equals("false");
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new InvalidArgument(
                    Subject.NONE, "invalid filter: " + text + ": " + e.getDescription(), e);
        }
    }

    /// @param item null to ask only whether there is such a thing
    private static String value(String name, @Nullable CacheItem item) {
        return switch (name) {
            case "id" -> item == null ? "" : item.id();
            case "type" -> item == null ? "" : item.type();
            case "description" -> item == null ? "" : item.description();
            case "parent", "parents" -> item == null ? "" : item.parent();
            case "inuse" -> String.valueOf(item != null && item.inUse());
            case "shared" -> String.valueOf(item != null && item.shared());
            case "private" -> String.valueOf(item != null && !item.shared());
            case "mutable" -> String.valueOf(item != null && isMutable(item));
            case "immutable" -> String.valueOf(item != null && !isMutable(item));
            default ->
                    throw new InvalidArgument(
                            "unknown filter: "
                                    + name
                                    + ": use id, type, parents, description, inuse, shared,"
                                    + " private, mutable or immutable");
        };
    }

    /// Folders of cache mounts change with each step.
    static boolean isMutable(CacheItem item) {
        return item.type().equals(CacheItem.MOUNT);
    }
}
