package dev.carafe.oci;

import dev.carafe.base.InvalidArgument;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an image: `registry/path:tag@digest`, with docker's defaults for what is left out:
/// registry `docker.io`, path prefix `library/` there (grammar: distribution reference; docker's
/// "familiar" form leaves the defaults out).
///
/// @param domain registry host with optional port: `docker.io`, `localhost:5000`, `[::1]:5000`
/// @param path `library/busybox`
/// @param tag null when none was given
/// @param digest null when none was given
public record ImageReference(
        String domain, String path, @Nullable String tag, @Nullable Digest digest) {
    public static final String DEFAULT_DOMAIN = "docker.io";
    public static final String DEFAULT_TAG = "latest";
    private static final String OFFICIAL = "library/";
    private static final int MAX_NAME = 255;

    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String HOST = "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])";
    private static final Pattern DOMAIN = Pattern.compile(HOST + "(?::[0-9]+)?");
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
    private static final Pattern ID = Pattern.compile("[a-f0-9]{64}");

    /// @throws InvalidArgument when a part does not fit the grammar
    public ImageReference {
        // before any pattern: those backtrack on the stack
        if (domain.length() + 1 + path.length() > MAX_NAME) {
            throw new InvalidArgument(
                    "repository name must not be more than " + MAX_NAME + " characters");
        }
        if (!DOMAIN.matcher(domain).matches() || !PATH.matcher(path).matches()) {
            throw new InvalidArgument("invalid reference format");
        }
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw new InvalidArgument("invalid tag format");
        }
    }

    /// Reads what a user typed, with docker's defaults; the tag stays null when there is none
    /// ({@link #withDefaultTag}).
    ///
    /// @throws InvalidArgument with docker's sentence (`invalid reference format...`)
    public static ImageReference parse(String text) {
        if (ID.matcher(text).matches()) {
            throw new InvalidArgument(
                    "invalid repository name ("
                            + text
                            + "), cannot specify 64-byte hexadecimal strings");
        }
        String rest = text;
        Digest digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = digestOf(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/') && colon >= 0) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
            if (!TAG.matcher(tag).matches()) {
                throw new InvalidArgument("invalid reference format");
            }
        }
        return named(rest, tag, digest);
    }

    private static Digest digestOf(String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(e.subject(), "invalid reference format", e);
        }
    }

    private static ImageReference named(
            String name, @Nullable String tag, @Nullable Digest digest) {
        String domain = DEFAULT_DOMAIN;
        String path = name;
        int slash = name.indexOf('/');
        if (slash >= 0 && isDomain(name.substring(0, slash))) {
            domain = name.substring(0, slash);
            path = name.substring(slash + 1);
        }
        if (domain.equals("index.docker.io")) {
            domain = DEFAULT_DOMAIN;
        }
        if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
            path = OFFICIAL + path;
        }
        if (!path.equals(path.toLowerCase(Locale.ROOT))) {
            throw new InvalidArgument(
                    "invalid reference format: repository name (" + path + ") must be lowercase");
        }
        return new ImageReference(domain, path, tag, digest);
    }

    /// Docker's rule: a first part with a dot, a colon or an upper-case letter, or `localhost`, is
    /// a host.
    private static boolean isDomain(String part) {
        return part.indexOf('.') >= 0
                || part.indexOf(':') >= 0
                || part.equals("localhost")
                || !part.equals(part.toLowerCase(Locale.ROOT));
    }

    /// The same with the tag `latest` where neither tag nor digest was given.
    public ImageReference withDefaultTag() {
        return tag == null && digest == null ? withTag(DEFAULT_TAG) : this;
    }

    /// The same repository with this tag and no digest.
    public ImageReference withTag(String value) {
        return new ImageReference(domain, path, value, null);
    }

    /// The same repository with this digest and no tag.
    public ImageReference withDigest(Digest value) {
        return new ImageReference(domain, path, null, value);
    }

    /// `docker.io/library/busybox`: without tag and digest.
    public String fullName() {
        return domain + "/" + path;
    }

    /// `busybox`, `user/app`, `localhost:5000/app`: the repository as docker shows it.
    public String familiarName() {
        if (!domain.equals(DEFAULT_DOMAIN)) {
            return fullName();
        }
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
        return official ? path.substring(OFFICIAL.length()) : path;
    }

    /// `docker.io/library/busybox:latest`, `...@sha256:...`.
    public String full() {
        return fullName() + suffix();
    }

    /// `busybox:latest`, `user/app@sha256:...`: as docker shows it.
    public String familiar() {
        return familiarName() + suffix();
    }

    private String suffix() {
        return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /// The full form, as {@link #full}.
    @Override
    public String toString() {
        return full();
    }

    /// True when the text fits docker's tag grammar.
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }
}
