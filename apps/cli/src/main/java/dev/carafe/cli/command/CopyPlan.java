package dev.carafe.cli.command;

import dev.carafe.cli.session.Failure;
import java.util.function.UnaryOperator;

/// Where a copy goes and what its files are called there, by Docker's rules.
///
/// @param directory to unpack into
/// @param from first part of the names in the archive
/// @param to what stands there instead
record CopyPlan(String directory, String from, String to) {
    /// @param source path with `/` or `/.` at its end as written
    /// @param target the same
    /// @throws Failure with Docker's words when it can't be
    static CopyPlan of(
            String source,
            boolean sourceIsDirectory,
            String target,
            boolean targetExists,
            boolean targetIsDirectory) {
        String base = base(source);
        if (targetExists && targetIsDirectory) {
            return new CopyPlan(target, base, base);
        }
        if (targetExists && sourceIsDirectory) {
            throw new Failure("cannot copy directory");
        }
        if (!targetExists && !sourceIsDirectory && assertsDirectory(target)) {
            throw new Failure("no such directory");
        }
        return new CopyPlan(parent(target), base, base(target));
    }

    /// A name of the archive as it is at the target.
    UnaryOperator<String> rename() {
        return name -> {
            if (from.equals(to)) {
                return name;
            }
            if (from.equals("/")) {
                return to + (name.startsWith("/") ? name : "/" + name);
            }
            boolean whole = name.equals(from) || name.startsWith(from + "/");
            return whole ? to + name.substring(from.length()) : name;
        };
    }

    static boolean assertsDirectory(String path) {
        return path.endsWith("/") || path.endsWith("/.") || path.equals(".");
    }

    /// The last part: `.` of what ends so, `/` of the root.
    static String base(String path) {
        String plain = withoutSlash(path);
        return plain.equals("/") ? "/" : plain.substring(plain.lastIndexOf('/') + 1);
    }

    static String parent(String path) {
        String plain = withoutSlash(path);
        int slash = plain.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : plain.substring(0, slash);
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
