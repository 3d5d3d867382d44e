package dev.carafe.engine.logs;

import dev.carafe.base.InvalidArgument;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `tag` option: text with places like `{{.Name}}` that stand for what is known about the
/// container.
final class LogTag {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*\\}\\}");

    private LogTag() {}

    /// @throws InvalidArgument a place that stands for nothing
    static String of(String template, LogSubject subject) {
        return PLACE.matcher(template).replaceAll(quoted(place -> value(place, subject)));
    }

    private static Function<MatchResult, String> quoted(Function<String, String> value) {
        return found -> Matcher.quoteReplacement(value.apply(found.group(1)));
    }

    private static String value(String place, LogSubject s) {
        return switch (place) {
            case ".ID" -> shortened(s.id());
            case ".FullID", ".ContainerID" -> s.id();
            case ".Name", ".ContainerName" -> s.name();
            case ".ImageID" -> shortened(s.imageId().replace("sha256:", ""));
            case ".ImageFullID", ".ContainerImageID" -> s.imageId();
            case ".ImageName", ".ContainerImageName" -> s.image();
            case ".DaemonName" -> "docker";
            case ".Command" -> String.join(" ", s.command());
            default -> throw new InvalidArgument("can't evaluate {{" + place + "}} in a log tag");
        };
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(12, id.length()));
    }
}
