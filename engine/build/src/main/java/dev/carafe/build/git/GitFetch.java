package dev.carafe.build.git;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.SshAgent;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.steps.Material;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Brings one state of a repository into a folder.
public final class GitFetch {
    private static final String TOKEN = "GIT_AUTH_TOKEN";
    private static final String HEADER = "GIT_AUTH_HEADER";

    /// What git says of a server whose objects are named by the other algorithm.
    private static final Pattern OTHER_NAMES =
            Pattern.compile("mismatched algorithms|hash algorithm");

    private final BuildClient client;
    private final KnownHosts hosts;
    private final Cancellation cancellation;

    /// @param client asked for `GIT_AUTH_TOKEN`, `GIT_AUTH_HEADER` (each also with `.` and the
    ///   host) and its ssh agent
    /// @param cancellation ends the program that fetches
    public GitFetch(BuildClient client, KnownHosts hosts, Cancellation cancellation) {
        this.client = client;
        this.hosts = hosts;
        this.cancellation = cancellation;
    }

    /// What was fetched.
    ///
    /// @param folder that is meant, inside the one given
    /// @param commit its id, in hexadecimal
    /// @param time when it was committed
    public record Fetched(Path folder, String commit, Instant time, Material material) {}

    /// Fetches and checks out.
    ///
    /// @param folder empty, this checkout's alone
    /// @param keepGitDir whether `.git` stays, for a source that does not say; only whole trees
    ///   have one
    /// @throws InvalidArgument for another commit than the checksum tells, or no such folder
    /// @throws Unavailable when it can't be fetched
    /// @throws NotFound without an ssh agent where one is needed
    public Fetched fetch(GitSource source, Path folder, boolean keepGitDir) {
        Optional<SshAgent> agent = source.ssh() ? client.agent("default") : Optional.empty();
        if (source.ssh() && agent.isEmpty()) {
            throw new NotFound(
                    new Subject("ssh agent", "default"),
                    "no SSH key \"default\" forwarded from the client for "
                            + Material.withoutPassword(source.remote())
                            + ": use --ssh");
        }
        try {
            GitProgram git =
                    new GitProgram(
                            folder,
                            login(source.remote()),
                            ssh(agent.orElse(null)),
                            hosts,
                            cancellation);
            String commit = checkout(git, source, folder);
            boolean keep = source.keepGitDir() == null ? keepGitDir : source.keepGitDir();
            Instant time =
                    Instant.ofEpochSecond(
                            Long.parseLong(git.run("log", "-1", "--format=%ct", commit)));
            if (!keep || !source.subdir().isEmpty()) {
                ContextSpool.remove(folder.resolve(".git"));
            } else {
                forget(folder.resolve(".git"));
            }
            Worktree.normalize(folder, source.commitTimes() ? time : null);
            return new Fetched(
                    inside(folder, source.subdir()),
                    commit,
                    time,
                    new Material.OfRepository(source.shown(), commit));
        } finally {
            agent.ifPresent(SshAgent::close);
        }
    }

    private static String checkout(GitProgram git, GitSource source, Path folder) {
        String wanted = fetch(git, source, folder);
        String commit = git.run("rev-parse", "--verify", wanted + "^{commit}");
        String checksum = source.checksum();
        if (checksum != null
                && !startsWith(commit, checksum)
                && !startsWith(git.run("rev-parse", "--verify", wanted), checksum)) {
            throw new InvalidArgument("expected checksum to match " + checksum + ", got " + commit);
        }
        git.run("checkout", "-q", "--detach", commit, "--");
        if (source.submodules()
                && Files.isRegularFile(folder.resolve(".gitmodules"), LinkOption.NOFOLLOW_LINKS)) {
            submodules(git);
        }
        return commit;
    }

    /// A server of plain files can't give single commits.
    private static void submodules(GitProgram git) {
        try {
            git.run("submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
        } catch (Unavailable e) {
            git.run("submodule", "--quiet", "update", "--init", "--recursive");
        }
    }

    /// A repository speaks one kind of object names; most speak SHA-1.
    private static String fetch(GitProgram git, GitSource source, Path folder) {
        begin(git, source, "sha1");
        try {
            return fetchRef(git, source);
        } catch (Unavailable e) {
            if (!OTHER_NAMES.matcher(e.text()).find()) {
                throw e;
            }
            ContextSpool.remove(folder.resolve(".git"));
            begin(git, source, "sha256");
            return fetchRef(git, source);
        }
    }

    private static void begin(GitProgram git, GitSource source, String names) {
        git.run("init", "-q", "--template=", "--object-format=" + names);
        git.run("remote", "add", "origin", Material.withoutPassword(source.remote()));
    }

    /// Takes away what only tells how it was fetched.
    private static void forget(Path git) {
        ContextSpool.remove(git.resolve("logs"));
        try {
            Files.deleteIfExists(git.resolve("FETCH_HEAD"));
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "tidy a checkout: " + e.getMessage(), e);
        }
    }

    private static boolean startsWith(String commit, String checksum) {
        return commit.regionMatches(true, 0, checksum, 0, checksum.length());
    }

    /// As little as the server gives: one commit; all of them where it can't give one alone.
    ///
    /// @return a name for what was fetched
    private static String fetchRef(GitProgram git, GitSource source) {
        String ref = source.ref().isEmpty() ? "HEAD" : source.ref();
        String remote = Material.withoutPassword(source.remote());
        try {
            git.run("fetch", "-q", "--no-tags", "--depth=1", "--", remote, ref);
            return "FETCH_HEAD";
        } catch (Unavailable e) {
            return fetchAll(git, remote, ref);
        }
    }

    private static String fetchAll(GitProgram git, String remote, String ref) {
        try {
            git.run(
                    "fetch",
                    "-q",
                    "--",
                    remote,
                    "+refs/heads/*:refs/remotes/origin/*",
                    "+refs/tags/*:refs/tags/*",
                    "+HEAD:refs/remotes/origin/HEAD");
        } catch (Unavailable e) {
            throw new Unavailable(Subject.NONE, "fetch " + remote + ": " + e.text(), e);
        }
        return known(git, ref);
    }

    private static String known(GitProgram git, String ref) {
        Unavailable why = null;
        String plain = ref.replaceFirst("^refs/heads/", "");
        for (String name : new String[] {"refs/tags/" + ref, "refs/remotes/origin/" + plain, ref}) {
            try {
                git.run("rev-parse", "--verify", "-q", name + "^{commit}");
                return name;
            } catch (Unavailable e) {
                why = e;
            }
        }
        throw new InvalidArgument(
                new Subject("ref", ref), "repository does not contain ref " + ref, why);
    }

    /// The folder inside the repository; no symlink leads out of it.
    private static Path inside(Path folder, String subdir) {
        try {
            Path root = folder.toRealPath();
            Path place = root.resolve(subdir).toRealPath();
            if (place.startsWith(root) && Files.isDirectory(place)) {
                return place;
            }
        } catch (IOException | InvalidPathException e) {
            throw new InvalidArgument(Subject.NONE, "the repository has no folder " + subdir, e);
        }
        throw new InvalidArgument("the repository has no folder " + subdir);
    }

    private Map<String, String> ssh(@Nullable SshAgent agent) {
        Map<String, String> variables = new HashMap<>();
        variables.put("GIT_SSH_COMMAND", agent == null ? "false" : hosts.ssh());
        if (agent != null) {
            variables.put("SSH_AUTH_SOCK", agent.socket().toString());
        }
        return variables;
    }

    /// The client's login, handed over where no other user can read it, bound to the host so that
    /// no submodule elsewhere gets it.
    private Map<String, String> login(String remote) {
        if (!remote.regionMatches(true, 0, "http", 0, 4)) {
            return Map.of();
        }
        URI uri;
        try {
            uri = URI.create(remote);
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument(
                    Subject.NONE, "invalid git address: " + Material.withoutPassword(remote), e);
        }
        String host = String.valueOf(uri.getHost());
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String key = "http." + uri.getScheme() + "://" + host + port + "/.extraheader";
        return header(host, uri.getUserInfo())
                .map(value -> Map.of(key, "Authorization: " + value))
                .orElse(Map.of());
    }

    /// What the client gives for the host, else the name and password of the address itself.
    private Optional<String> header(String host, @Nullable String userInfo) {
        return secret(HEADER, host)
                .or(() -> secret(TOKEN, host).map(token -> basic("x-access-token:" + token)))
                .or(() ->
                        Optional.ofNullable(userInfo)
                                .filter(info -> info.contains(":"))
                                .map(GitFetch::basic));
    }

    private static String basic(String login) {
        return "basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> secret(String id, String host) {
        return client.secret(id + "." + host)
                .or(() -> client.secret(id))
                .map(value -> new String(value, StandardCharsets.UTF_8).strip());
    }
}
