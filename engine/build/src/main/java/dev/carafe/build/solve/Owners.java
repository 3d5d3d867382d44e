package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.files.Chown;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Who `--chown` and USER mean, by the root's own /etc/passwd and /etc/group.
final class Owners {
    private static final int READ = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;
    private static final int MAX_FILE = 4 << 20;
    private static final int MAX_DIGITS = 10;

    private final @Nullable Fd root;
    private final BinaryOperator<String> missing;

    private Owners(@Nullable Fd root, BinaryOperator<String> missing) {
        this.root = root;
        this.missing = missing;
    }

    /// @param text `user[:group]`, names or numbers; a number alone is the group's, too
    /// @throws InvalidArgument for a name that the stage's root does not know
    static Chown of(StageWork work, String text) {
        return find(
                work,
                text,
                (kind, name) -> {
                    throw unknown(kind, name);
                });
    }

    /// The same, and root for a name that the stage's root does not know: so BuildKit makes the
    /// folders of WORKDIR after USER.
    static Chown orRoot(StageWork work, String text) {
        return find(work, text, (kind, name) -> "0");
    }

    private static Chown find(StageWork work, String text, BinaryOperator<String> missing) {
        ChainId top = work.state.top();
        if (top == null) {
            return new Owners(null, missing).owner(text);
        }
        try (RootMount root = work.job.services().snapshots().view(top)) {
            return new Owners(root.mount(), missing).owner(text);
        }
    }

    private static InvalidArgument unknown(String kind, String name) {
        return new InvalidArgument(
                "unable to convert uid/gid chown string to host mapping: can't find "
                        + (kind.equals("user") ? "uid" : "gid")
                        + " for "
                        + kind
                        + " "
                        + name
                        + ": no such "
                        + kind
                        + ": "
                        + name);
    }

    private Chown owner(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        String uid = user;
        String gid = user;
        if (!isNumber(user)) {
            Optional<String[]> row = row("/etc/passwd", user, 4);
            uid = row.map(columns -> columns[2]).orElseGet(() -> missing.apply("user", user));
            gid = row.map(columns -> columns[3]).orElse("0");
        }
        if (isNumber(group)) {
            gid = group;
        } else if (!group.isEmpty()) {
            gid =
                    row("/etc/group", group, 3)
                            .map(columns -> columns[2])
                            .orElseGet(() -> missing.apply("group", group));
        }
        return new Chown(number(uid), number(gid));
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

    private Optional<String[]> row(String path, String name, int columns) {
        for (String line : text(path).split("\n")) {
            String[] row = line.strip().split(":", -1);
            if (row.length >= columns && row[0].equals(name)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private String text(String path) {
        if (root == null) {
            return "";
        }
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
