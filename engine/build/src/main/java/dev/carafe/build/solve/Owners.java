package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.files.Chown;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Who `--chown` means, by the root's own /etc/passwd and /etc/group.
final class Owners {
    private static final int READ = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;
    private static final int MAX_FILE = 4 << 20;
    private static final int MAX_DIGITS = 10;

    private Owners() {}

    /// @param text `user[:group]`, names or numbers; a number alone is the group's, too
    /// @throws InvalidArgument for a name that the root does not know
    static Chown of(Fd root, String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        String[] row =
                isNumber(user)
                        ? new String[] {user, "", user, user}
                        : row(root, "/etc/passwd", user, 4)
                                .orElseThrow(() ->
                                        new InvalidArgument(
                                                "unable to convert uid/gid chown string to"
                                                        + " host mapping: can't find uid"
                                                        + " for user "
                                                        + user
                                                        + ": no such user: "
                                                        + user));
        if (group.isEmpty()) {
            return new Chown(number(row[2]), number(row[3]));
        }
        String gid =
                isNumber(group)
                        ? group
                        : row(root, "/etc/group", group, 3)
                                .orElseThrow(() ->
                                        new InvalidArgument(
                                                "unable to convert uid/gid chown string to"
                                                        + " host mapping: can't find gid"
                                                        + " for group "
                                                        + group
                                                        + ": no such group: "
                                                        + group))[2];
        return new Chown(number(row[2]), number(gid));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int number(String text) {
        if (!isNumber(text)
                || text.length() > MAX_DIGITS
                || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw new InvalidArgument("invalid id in chown: " + text);
        }
        return Integer.parseInt(text);
    }

    private static Optional<String[]> row(Fd root, String path, String name, int columns) {
        for (String line : text(root, path).split("\n")) {
            String[] row = line.strip().split(":", -1);
            if (row.length >= columns && row[0].equals(name)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static String text(Fd root, String path) {
        try (Fd file = FileSystem.openInRoot(root, path, READ, 0)) {
            if (!FileSystem.fstat(file).isRegular()) {
                return "";
            }
            byte[] all = new byte[(int) Math.min(FileSystem.fstat(file).size(), MAX_FILE)];
            int at = 0;
            while (at < all.length) {
                int n = FileContent.pread(file, all, at, all.length - at, at);
                if (n <= 0) {
                    break;
                }
                at += n;
            }
            return new String(all, 0, at, StandardCharsets.UTF_8);
        } catch (ErrnoException e) {
            return "";
        }
    }
}
