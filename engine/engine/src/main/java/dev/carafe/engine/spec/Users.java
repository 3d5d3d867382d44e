package dev.carafe.engine.spec;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who `name:group` is by an image's /etc/passwd and /etc/group. Lines that can't be read are
/// skipped, as libc does.
public final class Users {
    private static final long MAX_ID = Integer.MAX_VALUE;

    private final List<String[]> passwd;
    private final List<String[]> group;

    /// @param passwd text of /etc/passwd, empty where the image has none
    public Users(String passwd, String group) {
        this.passwd = rows(passwd, 6);
        this.group = rows(group, 3);
    }

    /// @param additionalGids the primary one first
    /// @param home `/` when unknown
    public record Resolved(long uid, long gid, List<Long> additionalGids, String home) {}

    /// @param user `name|uid[:group|gid]`; empty: root
    /// @param groupAdd further groups, by name or gid
    /// @throws InvalidArgument with Docker's sentence when a name is unknown
    public Resolved resolve(String user, List<String> groupAdd) {
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        String groupName = colon < 0 ? "" : user.substring(colon + 1);
        String[] row = name.isEmpty() ? byNameOrId(passwd, "0", 2) : byNameOrId(passwd, name, 2);
        long uid = row != null ? number(row[2]) : name.isEmpty() ? 0 : unknownUser(name);
        long gid = row != null ? number(row[3]) : 0;
        Set<Long> gids = new LinkedHashSet<>();
        if (!groupName.isEmpty()) {
            gid = groupId(groupName);
            gids.add(gid);
        } else {
            gids.add(gid);
            if (row != null) {
                gids.addAll(groupsOf(row[0]));
            }
        }
        for (String extra : groupAdd) {
            gids.add(groupId(extra));
        }
        return new Resolved(
                uid, gid, List.copyOf(gids), row == null || row[5].isEmpty() ? "/" : row[5]);
    }

    private static long unknownUser(String name) {
        refuseNegative(name);
        if (!isNumber(name)) {
            throw new InvalidArgument(
                    "unable to find user " + name + ": no matching entries in passwd file");
        }
        return checkedId(name);
    }

    private long groupId(String name) {
        String[] row = byNameOrId(group, name, 2);
        if (row != null) {
            return number(row[2]);
        }
        refuseNegative(name);
        if (!isNumber(name)) {
            throw new InvalidArgument(
                    "unable to find group " + name + ": no matching entries in group file");
        }
        return checkedId(name);
    }

    private static void refuseNegative(String text) {
        if (text.startsWith("-") && isNumber(text.substring(1))) {
            throw new InvalidArgument("uids and gids must be in range 0-" + MAX_ID);
        }
    }

    private static long checkedId(String text) {
        long id = text.length() > 10 ? Long.MAX_VALUE : Long.parseLong(text);
        if (id > MAX_ID) {
            throw new InvalidArgument("uids and gids must be in range 0-" + MAX_ID);
        }
        return id;
    }

    private List<Long> groupsOf(String userName) {
        List<Long> gids = new ArrayList<>();
        for (String[] row : group) {
            if (row.length > 3 && List.of(row[3].split(",")).contains(userName)) {
                gids.add(number(row[2]));
            }
        }
        return gids;
    }

    private static String @Nullable [] byNameOrId(List<String[]> rows, String name, int idColumn) {
        for (String[] row : rows) {
            if (row[0].equals(name)
                    || (isNumber(name) && number(row[idColumn]) == checkedId(name))) {
                return row;
            }
        }
        return null;
    }

    private static List<String[]> rows(String text, int atLeast) {
        List<String[]> rows = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] columns = line.strip().split(":", -1);
            if (!line.startsWith("#")
                    && columns.length >= atLeast
                    && isNumber(columns[2])
                    && (atLeast < 6 || isNumber(columns[3]))) {
                rows.add(columns);
            }
        }
        return rows;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long number(String text) {
        return text.length() > 10 ? MAX_ID : Long.parseLong(text);
    }
}
