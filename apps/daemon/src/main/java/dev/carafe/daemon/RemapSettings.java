package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Settings;
import dev.carafe.snapshots.OwnerMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// From `userns-remap` to who the users of containers are at the host: subuid(5), subgid(5).
///
/// @param etc where `passwd`, `group`, `subuid` and `subgid` are
record RemapSettings(Path etc) {
    static final String DEFAULT_USER = "dockremap";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    /// A line of passwd(5) or group(5), as far as it counts here.
    private record Account(String name, String id) {}

    /// NONE where the option is not given.
    ///
    /// @throws InvalidArgument no such user or group, or it has no ids to give
    static OwnerMap of(Settings settings) {
        String wanted = settings.text("userns-remap").orElse("");
        if (wanted.isEmpty()) {
            return OwnerMap.NONE;
        }
        if (wanted.equals("default")) {
            DefaultRemapUser.ensure(Path.of("/etc"));
        }
        return new RemapSettings(Path.of("/etc")).of(wanted);
    }

    /// @param wanted `default`, `user`, `user:group`; each a name or a number
    OwnerMap of(String wanted) {
        String[] parts =
                (wanted.equals("default") ? DEFAULT_USER + ":" + DEFAULT_USER : wanted)
                        .split(":", -1);
        if (parts.length > 2 || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
            throw new InvalidArgument(
                    "invalid userns-remap \"" + wanted + "\": give default, user or user:group");
        }
        Account user = account("passwd", "user", parts[0]);
        Account group = account("group", "group", parts.length == 2 ? parts[1] : user.name());
        return new OwnerMap(ranges("subuid", user), ranges("subgid", group));
    }

    private Account account(String file, String kind, String wanted) {
        return lines(file).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2)
                .map(fields -> new Account(fields[0], fields[2]))
                .filter(a -> a.name().equals(wanted) || a.id().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidArgument(
                                "userns-remap: there is no %s %s in %s"
                                        .formatted(kind, wanted, etc.resolve(file))));
    }

    /// The account's ranges one after the other, from id 0 of containers on.
    private List<OwnerMap.Range> ranges(String file, Account account) {
        List<OwnerMap.Range> ranges = new ArrayList<>();
        long inside = 0;
        for (String line : lines(file)) {
            String[] fields = line.strip().split(":", -1);
            if (fields.length == 3
                    && (fields[0].equals(account.name()) || fields[0].equals(account.id()))) {
                Optional<OwnerMap.Range> range = range(inside, fields[1], fields[2]);
                range.ifPresent(ranges::add);
                inside += range.map(OwnerMap.Range::count).orElse(0L);
            }
        }
        if (ranges.isEmpty()) {
            throw new InvalidArgument(
                    "userns-remap: %s has no ids in %s; add a line like %s:100000:65536"
                            .formatted(account.name(), etc.resolve(file), account.name()));
        }
        return ranges;
    }

    private static Optional<OwnerMap.Range> range(long inside, String first, String count) {
        return NUMBER.matcher(first).matches() && NUMBER.matcher(count).matches()
                ? Optional.of(
                        new OwnerMap.Range(inside, Long.parseLong(first), Long.parseLong(count)))
                : Optional.empty();
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(etc.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
