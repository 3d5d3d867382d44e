package dev.carafe.build.git;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.build.steps.Material;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A state of a git repository and the folder in it that is meant. Dockerfile reference, "Adding
/// private git repositories"; BuildKit's docs on URL fragments and queries.
///
/// @param remote what git is given
/// @param ref branch, tag, `refs/...` or commit; empty for the remote's own choice
/// @param subdir relative to the repository's root; empty for that
/// @param checksum the commit, whole or its beginning; null for any
/// @param keepGitDir null where the address does not say
/// @param submodules whether to fetch them
/// @param commitTimes give files the time of the commit, not that of their checkout
public record GitSource(
        String remote,
        String ref,
        String subdir,
        @Nullable String checksum,
        @Nullable Boolean keepGitDir,
        boolean submodules,
        boolean commitTimes) {
    private static final Pattern SCP = Pattern.compile("[A-Za-z0-9._-]+@[^:/?#\\s-][^:/?#\\s]*:.+");
    private static final Pattern GIT_SCHEME = Pattern.compile("(?i)(git|ssh)://[^/-].*");
    private static final Pattern HTTP =
            Pattern.compile("(?i)https?://[^/?#]+[^?#]*\\.git/?([?#].*)?");
    private static final Pattern GITHUB = Pattern.compile("(?i)github\\.com/[^?#]+([?#].*)?");
    private static final Pattern PARTS = Pattern.compile("([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

    /// Refuses what git could take for an option or what no address has.
    public GitSource {
        for (String text : new String[] {remote, ref, subdir}) {
            if (text.startsWith("-") || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new InvalidArgument("invalid git address: " + text);
            }
        }
        if (!ref.matches("[^:+^~?*\\[\\\\\\s]*")) {
            throw new InvalidArgument("invalid git ref: " + ref);
        }
        if (checksum != null && !checksum.matches("[0-9a-fA-F]{7,64}")) {
            throw new InvalidArgument(
                    "invalid checksum " + checksum + ": at least 7 digits of a commit are needed");
        }
    }

    /// A context's address; empty when it is none of a repository.
    ///
    /// @throws InvalidArgument for one with parts that can't be
    public static Optional<GitSource> ofContext(String address) {
        return GITHUB.matcher(address).matches()
                ? Optional.of(parse("https://" + address))
                : ofSource(address);
    }

    /// A source of ADD; empty when it is none of a repository.
    ///
    /// @throws InvalidArgument for one with parts that can't be
    public static Optional<GitSource> ofSource(String address) {
        boolean git =
                SCP.matcher(address).matches()
                        || GIT_SCHEME.matcher(address).matches()
                        || HTTP.matcher(address).matches();
        return git ? Optional.of(parse(address)) : Optional.empty();
    }

    /// Whether an ssh agent is needed.
    public boolean ssh() {
        return remote.regionMatches(true, 0, "ssh://", 0, 6) || !remote.contains("://");
    }

    /// The address as it may be shown: repository, ref and folder.
    public String shown() {
        String fragment = ref + (subdir.isEmpty() ? "" : ":" + subdir);
        return Material.withoutPassword(remote) + (fragment.isEmpty() ? "" : "#" + fragment);
    }

    /// With what the instruction says besides the address.
    ///
    /// @throws InvalidArgument when the two say different things
    public GitSource with(@Nullable String sum, @Nullable Boolean keep) {
        if (sum != null && checksum != null && !sum.equals(checksum)) {
            throw new InvalidArgument("checksum mismatch " + sum + " != " + checksum);
        }
        return new GitSource(
                remote,
                ref,
                subdir,
                sum == null ? checksum : sum,
                keep == null ? keepGitDir : keep,
                submodules,
                commitTimes);
    }

    private static GitSource parse(String address) {
        Matcher parts = PARTS.matcher(address);
        if (!parts.matches()) {
            throw new InvalidArgument("invalid git address: " + address);
        }
        Map<String, String> query = query(parts.group(2));
        String[] fragment = parts.group(3) == null ? new String[0] : parts.group(3).split(":", 2);
        String ref = fragment.length > 0 ? fragment[0] : "";
        String subdir = fragment.length > 1 ? fragment[1] : "";
        for (String name : new String[] {"ref", "branch", "tag"}) {
            String value = query.remove(name);
            if (value == null) {
                continue;
            }
            String wanted = name.equals("ref") ? value : qualified(name, value);
            if (!ref.isEmpty() && !ref.equals(wanted)) {
                throw new InvalidArgument("ref conflicts in " + address);
            }
            ref = wanted;
        }
        String queried = query.remove("subdir");
        if (queried != null && !subdir.isEmpty()) {
            throw new InvalidArgument("conflicting subdirs in " + address);
        }
        GitSource source =
                new GitSource(
                        parts.group(1),
                        ref,
                        (queried == null ? subdir : queried).replaceFirst("^/+", ""),
                        either(query.remove("checksum"), query.remove("commit"), address),
                        bool(query, "keep-git-dir"),
                        !Boolean.FALSE.equals(bool(query, "submodules")),
                        "commit".equals(mtime(query.remove("mtime"))));
        query.remove("fetch-by-commit");
        if (!query.isEmpty()) {
            throw new InvalidArgument(
                    "unexpected query " + query.keySet().iterator().next() + " in " + address);
        }
        return source;
    }

    private static String qualified(String kind, String name) {
        String prefix = kind.equals("tag") ? "refs/tags/" : "refs/heads/";
        return name.startsWith(prefix) ? name : prefix + name;
    }

    private static @Nullable String either(
            @Nullable String checksum, @Nullable String commit, String address) {
        if (checksum != null && commit != null && !checksum.equals(commit)) {
            throw new InvalidArgument("conflicting checksums in " + address);
        }
        return checksum == null ? commit : checksum;
    }

    private static @Nullable String mtime(@Nullable String value) {
        if (value != null && !value.equals("checkout") && !value.equals("commit")) {
            throw new InvalidArgument("invalid mtime " + value + ": use checkout or commit");
        }
        return value;
    }

    private static @Nullable Boolean bool(Map<String, String> query, String name) {
        String value = query.remove(name);
        return switch (value) {
            case null -> null;
            case "", "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new InvalidArgument("invalid " + name + " value: " + value);
        };
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> all = new HashMap<>();
        if (text == null || text.isEmpty()) {
            return all;
        }
        for (String part : text.split("&", -1)) {
            String[] pair = part.split("=", 2);
            String value = pair.length < 2 ? "" : pair[1];
            try {
                all.put(pair[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new InvalidArgument(
                        Subject.NONE, "invalid query of a git address: " + part, e);
            }
        }
        return all;
    }
}
