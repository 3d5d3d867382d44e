package dev.carafe.cli.command;

import dev.carafe.cli.session.Failure;
import java.util.Locale;
import java.util.regex.Pattern;

/// Whether a text can name an image, so that what cannot is refused before anything is told or
/// asked.
final class ImageName {
    private static final Pattern PATH =
            Pattern.compile(
                    "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
    private static final String FORMAT = "invalid reference format";

    private ImageName() {}

    /// @throws Failure with docker's words, `invalid reference format` first
    static void check(String name) {
        int at = name.indexOf('@');
        String bare = at < 0 ? name : name.substring(0, at);
        int colon = Images.tagAt(bare);
        boolean fine =
                (at < 0 || DIGEST.matcher(name.substring(at + 1)).matches())
                        && (colon < 0 || TAG.matcher(bare.substring(colon + 1)).matches());
        if (!fine) {
            throw new Failure(FORMAT);
        }
        checkRepository(colon < 0 ? bare : bare.substring(0, colon));
    }

    private static void checkRepository(String repository) {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        boolean hasDomain =
                first.indexOf('.') >= 0
                        || first.indexOf(':') >= 0
                        || first.equals("localhost")
                        || !first.equals(first.toLowerCase(Locale.ROOT));
        String path = hasDomain ? repository.substring(slash + 1) : repository;
        if (PATH.matcher(path).matches()) {
            return;
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (!lower.equals(path) && PATH.matcher(lower).matches()) {
            String whole = !hasDomain && slash < 0 ? "library/" + path : path;
            throw new Failure(FORMAT + ": repository name (" + whole + ") must be lowercase");
        }
        throw new Failure(FORMAT);
    }
}
