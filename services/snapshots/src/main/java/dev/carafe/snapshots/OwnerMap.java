package dev.carafe.snapshots;

import dev.carafe.base.InvalidArgument;
import java.util.List;

/// Owners inside a user namespace and what the host counts them as.
///
/// @param users ranges of user ids
/// @param groups ranges of group ids
public record OwnerMap(List<Range> users, List<Range> groups) {
    /// Everybody is who he is.
    public static final OwnerMap NONE = new OwnerMap(List.of(), List.of());

    /// Who has no number inside (proc(5), /proc/sys/kernel/overflowuid).
    private static final long NOBODY = 65534;

    /// `count` ids from `inside` on are `outside` and following at the host.
    public record Range(long inside, long outside, long count) {}

    public OwnerMap {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    public long userInside(long outside) {
        return inside(users, outside);
    }

    public long groupInside(long outside) {
        return inside(groups, outside);
    }

    /// @throws InvalidArgument with Docker's sentence for an id that nobody at the host is
    public long userOutside(long inside) {
        return outside(users, inside);
    }

    /// @throws InvalidArgument as {@link #userOutside}
    public long groupOutside(long inside) {
        return outside(groups, inside);
    }

    private static long inside(List<Range> ranges, long outside) {
        for (Range range : ranges) {
            if (outside >= range.outside() && outside < range.outside() + range.count()) {
                return range.inside() + outside - range.outside();
            }
        }
        return ranges.isEmpty() ? outside : NOBODY;
    }

    private static long outside(List<Range> ranges, long inside) {
        for (Range range : ranges) {
            if (inside >= range.inside() && inside < range.inside() + range.count()) {
                return range.outside() + inside - range.inside();
            }
        }
        if (ranges.isEmpty()) {
            return inside;
        }
        throw new InvalidArgument("Container ID " + inside + " cannot be mapped to a host ID");
    }
}
