package dev.carafe.build;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.cache.BuildCache;
import dev.carafe.build.cache.PruneRules;
import dev.carafe.build.client.AgentSocket;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.git.GitFetch;
import dev.carafe.build.git.GitSource;
import dev.carafe.build.git.KnownHosts;
import dev.carafe.build.solve.ForeignBases;
import dev.carafe.build.solve.SecretFolder;
import dev.carafe.build.solve.Services;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.build.solve.Solved;
import dev.carafe.build.solve.Solver;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.steps.ImagePuller;
import dev.carafe.build.steps.Material;
import dev.carafe.build.steps.StepRunner;
import dev.carafe.build.steps.WatchedMaterials;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.Snapshotter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Makes images from Dockerfiles. Engine API POST /build. Thread-safe.
public final class BuildImage {
    /// The cache is brought down to this after a build.
    private static final long DEFAULT_CACHE_BYTES = 20L << 30;

    private static final String DEFAULT_NAME = "Dockerfile";

    private static final System.Logger LOG = System.getLogger(BuildImage.class.getName());

    private final Services services;
    private final AtomicBoolean collecting = new AtomicBoolean();
    private final ContextSpool contexts;
    private final CheckDockerfile checks;
    private final BuildResults results;
    private final RunningBuilds running = new RunningBuilds();

    /// @param folder of the data root, this room's alone
    /// @param execRoot the daemon's folder of what need not outlast the host's end
    public BuildImage(
            Path folder,
            Path execRoot,
            ImageStore images,
            Snapshotter snapshots,
            StepRunner runner,
            ImagePuller puller) {
        this.contexts = new ContextSpool(folder.resolve("contexts"));
        ContextSpool.remove(folder.resolve("mounts").resolve("tmp"));
        this.checks = new CheckDockerfile(images);
        this.results = new BuildResults(images, snapshots);
        this.services =
                new Services(
                        images,
                        snapshots,
                        runner,
                        puller,
                        new BuildCache(
                                folder.resolve("cache"),
                                folder.resolve("mounts").resolve("cache"),
                                images),
                        folder.resolve("mounts"),
                        SecretFolder.open(execRoot),
                        new KnownHosts(folder.resolve("known_hosts")),
                        new ForeignBases(images));
    }

    public BuildCache cache() {
        return services.cache();
    }

    public BuildResults results() {
        return results;
    }

    public CheckDockerfile checks() {
        return checks;
    }

    /// Brings contexts to disk; the caller closes them.
    public ContextSpool contexts() {
        return contexts;
    }

    /// Builds from a context.
    ///
    /// @return the image's id
    /// @throws dev.carafe.base.CarafeException what is wrong, with docker's sentence
    /// @throws dev.carafe.build.steps.StepFailed a command of a RUN step failed
    public Digest build(BuildRequest request, BuildContext context, BuildOutput output) {
        BuildFiles files = files(request, context);
        return build(request, files, BuildClient.NONE, BuildWatcher.NONE, output);
    }

    /// Builds from files that come when they are needed, for a client that takes part.
    ///
    /// @param watcher told of the steps
    /// @return the image's id
    /// @throws dev.carafe.base.CarafeException what is wrong, with docker's sentence
    /// @throws dev.carafe.build.steps.StepFailed a command of a RUN step failed
    public Digest build(
            BuildRequest request,
            BuildFiles files,
            BuildClient client,
            BuildWatcher watcher,
            BuildOutput output) {
        Platform platform = request.options().platform();
        List<Platform> platforms = platform == null ? List.of() : List.of(platform);
        return buildAll(request, platforms, files, client, watcher, output).getFirst().id();
    }

    /// The same for several platforms, one after the other: what they have in common, as stages for
    /// this machine, is made once.
    ///
    /// @param platforms none for this machine's; the request's own does not count
    /// @return what was made, in the same order. The request's names lead to the image for this
    ///   machine, or to the first
    public List<Built> buildAll(
            BuildRequest request,
            List<Platform> platforms,
            BuildFiles files,
            BuildClient client,
            BuildWatcher watcher,
            BuildOutput output) {
        return running.call(
                request.buildId(),
                cancellation ->
                        buildAll(request, platforms, files, client, watcher, output, cancellation));
    }

    private List<Built> buildAll(
            BuildRequest request,
            List<Platform> platforms,
            BuildFiles files,
            BuildClient client,
            BuildWatcher watcher,
            BuildOutput output,
            Cancellation cancellation) {
        Dockerfile file = checked(request.options(), platforms, files, client, watcher);
        try {
            file.warnings().forEach(warning -> output.line("[WARNING]: " + warning.text()));
            Platform named = named(platforms);
            List<Built> all = new ArrayList<>();
            for (SolveOptions options : options(request, platforms)) {
                boolean isNamed = named == null || named.equals(options.platform());
                WatchedMaterials watched = new WatchedMaterials(watcher);
                Solver solver =
                        new Solver(
                                services,
                                options,
                                client,
                                watched,
                                cancellation,
                                Clock.systemUTC());
                all.add(
                        built(
                                solver.solve(
                                        file,
                                        files.context(),
                                        isNamed ? request.names() : List.of(),
                                        output),
                                options.platform(),
                                watched.materials()));
                output.line("Successfully built " + all.getLast().id().shortHex());
            }
            for (ImageReference name : request.names()) {
                output.line("Successfully tagged " + name.withDefaultTag().familiar());
            }
            return all;
        } finally {
            collect();
        }
    }

    /// The Dockerfile, once the watcher was told what checks find in it.
    ///
    /// @throws dev.carafe.base.CarafeException what no build would come by
    private Dockerfile checked(
            SolveOptions options,
            List<Platform> platforms,
            BuildFiles files,
            BuildClient client,
            BuildWatcher watcher) {
        DockerfileParser.Reading reading = DockerfileParser.read(files.dockerfile());
        Dockerfile file = checkedSyntax(reading.file(), files.dockerfile());
        if (options.buildKitForm()) {
            SolveOptions first = platforms.isEmpty() ? options : options.on(platforms.getFirst());
            CheckDockerfile.Checked checked =
                    checks.check(
                            reading, files, first, false, name -> client.context(name).isPresent());
            checked.findings().forEach(f -> watcher.finds(f, files.name(), files.dockerfile()));
            if (checked.error() != null) {
                throw checked.error();
            }
        }
        if (reading.error() != null) {
            throw reading.error();
        }
        return file;
    }

    /// @param platform null for this machine's
    private static Built built(
            Solved solved, @Nullable Platform platform, List<Material> materials) {
        return new Built(
                platform == null ? Platform.host() : platform,
                solved.id(),
                solved.steps(),
                materials,
                solved.epoch());
    }

    private static List<SolveOptions> options(BuildRequest request, List<Platform> platforms) {
        SolveOptions options = request.options();
        return switch (platforms.size()) {
            case 0 -> List.of(options);
            case 1 -> List.of(options.on(platforms.getFirst()));
            default -> platforms.stream().distinct().map(options::onOneOfSeveral).toList();
        };
    }

    /// The platform whose image gets the names; null for the only one.
    private static @Nullable Platform named(List<Platform> platforms) {
        return platforms.size() < 2
                ? null
                : platforms.stream()
                        .filter(Platform.host()::fits)
                        .findFirst()
                        .orElse(platforms.getFirst());
    }

    /// Brings the cache down to its size, beside the builds that follow.
    private void collect() {
        if (collecting.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("build cache")
                    .start(() -> {
                        try {
                            services.cache().prune(PruneRules.atMost(DEFAULT_CACHE_BYTES));
                        } catch (RuntimeException e) {
                            LOG.log(System.Logger.Level.WARNING, "prune the build cache", e);
                        } finally {
                            collecting.set(false);
                        }
                    });
        }
    }

    /// Ends a build; nothing when there is none with this id.
    public void cancel(String buildId) {
        running.cancel(buildId);
    }

    /// A socket on this host that leads to a client's ssh agent; the caller closes it.
    public AgentSocket agentSocket(AgentSocket.Connector connector) {
        Path folder = services.secrets().make();
        try {
            return AgentSocket.open(connector, folder, () -> SecretFolder.remove(folder));
        } catch (IOException e) {
            SecretFolder.remove(folder);
            throw new Internal(Subject.NONE, "open a socket for the ssh agent: " + e, e);
        }
    }

    /// Fetches a context from where its address leads: a git repository, or by HTTP a tar or a text
    /// that is the Dockerfile. The caller closes it.
    ///
    /// @param dockerfile the name that a text gets
    /// @param buildId of the build that it is for: canceling that ends the fetch
    /// @param keepGitDir whether `.git` is part of a repository's files
    /// @param watcher told what was fetched
    /// @throws InvalidArgument for an address of neither kind
    public BuildContext fetch(
            String address,
            String dockerfile,
            String buildId,
            BuildClient client,
            boolean keepGitDir,
            BuildWatcher watcher) {
        return running.call(
                buildId,
                cancellation ->
                        fetch(address, dockerfile, client, keepGitDir, watcher, cancellation));
    }

    private BuildContext fetch(
            String address,
            String dockerfile,
            BuildClient client,
            boolean keepGitDir,
            BuildWatcher watcher,
            Cancellation cancellation) {
        Optional<GitSource> git = GitSource.ofContext(address);
        if (git.isEmpty()) {
            if (!address.matches("(?i)https?://.*")) {
                throw new InvalidArgument("remotecontext: unknown protocol: " + address);
            }
            return contexts.fetch(
                    address,
                    dockerfile,
                    cancellation,
                    digest ->
                            watcher.uses(
                                    new Material.OfFile(
                                            Material.withoutPassword(address), digest)));
        }
        Path folder = contexts.newFolder();
        try {
            GitFetch.Fetched fetched =
                    new GitFetch(client, services.hosts(), cancellation)
                            .fetch(git.get(), folder, keepGitDir);
            watcher.uses(fetched.material());
            return new BuildContext(fetched.folder(), () -> ContextSpool.remove(folder))
                    .of(fetched.time());
        } catch (RuntimeException e) {
            ContextSpool.remove(folder);
            throw e;
        }
    }

    /// The Dockerfile of a context, as the request names it.
    ///
    /// @throws InvalidArgument when it is not there, or empty
    public BuildFiles files(BuildRequest request, BuildContext context) {
        String name = request.dockerfile();
        Optional<String> text = context.text(name);
        if (text.isEmpty() && name.equals(DEFAULT_NAME)) {
            name = name.toLowerCase(Locale.ROOT);
            text = context.text(name);
        }
        if (text.isEmpty()) {
            throw new InvalidArgument(
                    new Subject("path", request.dockerfile()),
                    "Cannot locate specified Dockerfile: " + request.dockerfile());
        }
        if (text.get().isEmpty()) {
            throw new InvalidArgument("the Dockerfile (" + name + ") cannot be empty");
        }
        IgnoreRules ignored = CheckDockerfile.rules(context, name);
        context.hideIgnored(name);
        return new BuildFiles(name, text.get(), () -> context, ignored);
    }

    /// Docker's own front ends are this one; others would have to be run as images.
    private static Dockerfile checkedSyntax(Dockerfile file, String text) {
        String syntax = file.syntax();
        if (syntax != null
                && !syntax.matches(
                        "(docker\\.io/)?docker/dockerfile(-upstream)?([:@].*)?|dockerfile\\.v0")) {
            List<String> lines = text.lines().toList();
            int line = 1;
            while (line < lines.size() && !lines.get(line - 1).contains(syntax)) {
                line++;
            }
            throw new InvalidArgument(
                    new Source(line, line, "").subject(),
                    "the syntax "
                            + syntax
                            + " is not supported: only docker/dockerfile is built in; take the"
                            + " line `# syntax=` out, or name docker/dockerfile:1");
        }
        return file;
    }

    /// A request to remove everything that was last used before some moment, and more such.
    public BuildCache.Pruned prune(PruneRules rules) {
        contexts.dropKept();
        return services.cache().prune(rules);
    }
}
