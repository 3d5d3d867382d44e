package dev.carafe.dockerapi.http;

import dev.carafe.base.InvalidArgument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of the Engine API, as in the path prefix `/v1.44`.
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /// The newest whose answers we shape exactly, and what a path without a version gets.
    public static final ApiVersion CURRENT = new ApiVersion(1, 51);

    /// What `_ping` and `version` report as the oldest; the clients' own floor.
    public static final ApiVersion MINIMUM = new ApiVersion(1, 24);

    /// The oldest that a path may carry: fixed in old clients, and never refused.
    private static final ApiVersion OLDEST = new ApiVersion(1, 12);

    /// The newest that a path may carry; served as {@link #CURRENT}.
    private static final ApiVersion NEWEST = new ApiVersion(1, 56);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

    /// @param text `1.44`
    /// @throws InvalidArgument when out of the range that is served, in Docker's words
    public static ApiVersion parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new InvalidArgument("invalid API version: " + text);
        }
        ApiVersion v = new ApiVersion(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
        if (v.compareTo(OLDEST) < 0) {
            throw new InvalidArgument(
                    "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
                            .formatted(v, MINIMUM));
        }
        if (v.compareTo(NEWEST) > 0) {
            throw new InvalidArgument(
                    "client version %s is too new. Maximum supported API version is %s"
                            .formatted(v, CURRENT));
        }
        return v;
    }

    /// Whether this is older than `1.minor`.
    public boolean before(int minor) {
        return major < 1 || major == 1 && this.minor < minor;
    }

    public boolean atLeast(int minor) {
        return !before(minor);
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major
                ? Integer.compare(major, other.major)
                : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
