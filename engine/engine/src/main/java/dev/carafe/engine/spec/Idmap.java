package dev.carafe.engine.spec;

import dev.carafe.base.InvalidArgument;
import dev.carafe.snapshots.OwnerMap;
import java.util.ArrayList;
import java.util.List;

/// The option `idmap` of a bind mount: as whose the files on the disk show in the container, and to
/// whom what it writes belongs on the disk.
///
/// ```
/// idmap                                       the owners of the container's user namespace
/// idmap=uids=1000-0-1;gids=1000-0-1           1000 on the disk is root, everybody else nobody
/// idmap=uids=0-1000-10#5000-2000-1            ranges of users; groups stay who they are
/// idmap=uids=@1000-0-1                        the second number counts inside the user namespace
/// ```
///
/// Each range is the first number on the disk, the first one it shows as, and how many. The words
/// are Podman's.
public final class Idmap {
    private static final long IDS = 1L << 32;

    private record Part(Kind kind, List<Range> ranges) {}

    private enum Kind {
        UIDS,
        GIDS
    }

    /// @param inside whether `shown` counts inside the container's user namespace
    private record Range(long disk, long shown, long count, boolean inside) {}

    private final List<Range> users;
    private final List<Range> groups;
    private final boolean everybody;

    private Idmap(List<Range> users, List<Range> groups, boolean everybody) {
        this.users = users;
        this.groups = groups;
        this.everybody = everybody;
    }

    /// @param text what follows `idmap=`; empty for the option alone
    /// @throws InvalidArgument with what is wrong
    public static Idmap parse(String text) {
        if (text.isEmpty()) {
            return new Idmap(List.of(), List.of(), true);
        }
        List<Range> users = new ArrayList<>();
        List<Range> groups = new ArrayList<>();
        for (String field : text.split(";", -1)) {
            Part part = part(text, field);
            List<Range> all = part.kind() == Kind.UIDS ? users : groups;
            if (!all.isEmpty()) {
                throw wrong(text, "each of uids= and gids= goes once");
            }
            all.addAll(part.ranges());
        }
        return new Idmap(List.copyOf(users), List.copyOf(groups), false);
    }

    private static Part part(String text, String field) {
        Kind kind;
        if (field.startsWith("uids=")) {
            kind = Kind.UIDS;
        } else if (field.startsWith("gids=")) {
            kind = Kind.GIDS;
        } else {
            throw wrong(text, "it takes uids= and gids=, with a semicolon between them");
        }
        List<Range> ranges = new ArrayList<>();
        for (String range : field.substring("uids=".length()).split("#", -1)) {
            ranges.add(range(text, range));
        }
        checkDisjoint(text, ranges);
        return new Part(kind, ranges);
    }

    private static Range range(String text, String range) {
        boolean inside = range.startsWith("@");
        String[] numbers = (inside ? range.substring(1) : range).split("-", -1);
        if (numbers.length != 3) {
            throw wrong(text, "'" + range + "' is not FIRST-SHOWN-COUNT");
        }
        Range read =
                new Range(
                        number(text, numbers[0]),
                        number(text, numbers[1]),
                        number(text, numbers[2]),
                        inside);
        if (read.count() == 0
                || read.disk() + read.count() > IDS
                || read.shown() + read.count() > IDS) {
            throw wrong(text, "'" + range + "' goes beyond the numbers that there are");
        }
        return read;
    }

    private static long number(String text, String number) {
        if (number.isEmpty()
                || number.length() > 10
                || !number.chars().allMatch(Character::isDigit)) {
            throw wrong(text, "'" + number + "' is not a number");
        }
        return Long.parseLong(number);
    }

    private static void checkDisjoint(String text, List<Range> ranges) {
        for (int i = 0; i < ranges.size(); i++) {
            for (Range other : ranges.subList(0, i)) {
                Range one = ranges.get(i);
                boolean shown =
                        one.inside() == other.inside()
                                && meet(one.shown(), one.count(), other.shown(), other.count());
                if (shown || meet(one.disk(), one.count(), other.disk(), other.count())) {
                    throw wrong(text, "two of its ranges meet");
                }
            }
        }
    }

    private static boolean meet(long a, long aCount, long b, long bCount) {
        return a < b + bCount && b < a + aCount;
    }

    private static InvalidArgument wrong(String text, String why) {
        return new InvalidArgument("invalid idmap '" + text + "': " + why);
    }

    /// Owners on the disk to those that the host counts.
    ///
    /// @param container the owners of its user namespace
    /// @throws InvalidArgument a number that nobody in the container has
    public OwnerMap of(OwnerMap container) {
        if (everybody) {
            return container;
        }
        return new OwnerMap(
                map(users, container.users(), container::userOutside),
                map(groups, container.groups(), container::groupOutside));
    }

    private interface Outside {
        long of(long inside);
    }

    private static List<OwnerMap.Range> map(
            List<Range> ranges, List<OwnerMap.Range> container, Outside outside) {
        if (ranges.isEmpty()) {
            return List.of(new OwnerMap.Range(0, 0, IDS - 1));
        }
        List<OwnerMap.Range> all = new ArrayList<>();
        for (Range range : ranges) {
            long shown = range.inside() ? outside.of(range.shown()) : range.shown();
            if (range.inside()
                    && !container.isEmpty()
                    && outside.of(range.shown() + range.count() - 1) != shown + range.count() - 1) {
                throw new InvalidArgument(
                        "idmap: the container's user namespace has no "
                                + range.count()
                                + " ids in a row from "
                                + range.shown()
                                + " on");
            }
            all.add(new OwnerMap.Range(range.disk(), shown, range.count()));
        }
        return all;
    }
}
