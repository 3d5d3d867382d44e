package dev.carafe.registry;

import dev.carafe.base.InvalidArgument;
import java.net.URI;

/// Where to ask before a registry itself: `https://mirror.example`, which stands for Docker Hub, or
/// `PATTERN=URL` for the registries whose host fits: `quay.io=https://cache.example/quay`,
/// `*.corp=http://127.0.0.1:5000`, `*=https://cache.example`. A path at the end of such a URL is
/// put before the repositories' names.
///
/// @param pattern a host, where `*` stands for anything
/// @param base scheme and authority
/// @param prefix `quay/`, or empty
record Mirror(String pattern, URI base, String prefix) {
    /// @throws InvalidArgument when the text is no mirror
    static Mirror parse(String text) {
        int equals = text.indexOf('=');
        boolean named = equals >= 0 && text.indexOf("://") > equals;
        String pattern = named ? text.substring(0, equals) : Reach.HUB;
        URI uri;
        try {
            uri = URI.create(named ? text.substring(equals + 1) : text);
        } catch (IllegalArgumentException e) {
            throw invalid(text, "is no http or https address");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
            throw invalid(text, "is no http or https address");
        }
        if (pattern.isEmpty() || !pattern.matches("[a-zA-Z0-9.:*_\\[\\]-]+")) {
            throw invalid(text, "has no pattern of hosts before the equals sign");
        }
        if (uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getUserInfo() != null) {
            throw invalid(text, "has more than scheme, host and path");
        }
        String path = uri.getRawPath().replaceAll("^/+|/+$", "");
        if (!path.isEmpty() && !named) {
            throw invalid(
                    text, "has a path; write docker.io=" + text + " to put it before the names");
        }
        return new Mirror(
                pattern,
                URI.create(scheme + "://" + uri.getRawAuthority()),
                path.isEmpty() ? "" : path + "/");
    }

    private static InvalidArgument invalid(String text, String why) {
        return new InvalidArgument("invalid mirror: \"" + text + "\" " + why);
    }

    /// Whether it stands for the registry.
    boolean fits(String domain) {
        return fits(pattern, 0, domain, 0);
    }

    private static boolean fits(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        if (pattern.charAt(p) != '*') {
            return t < text.length()
                    && pattern.charAt(p) == text.charAt(t)
                    && fits(pattern, p + 1, text, t + 1);
        }
        for (int skip = t; skip <= text.length(); skip++) {
            if (fits(pattern, p + 1, text, skip)) {
                return true;
            }
        }
        return false;
    }
}
