package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.BuildImage;
import dev.carafe.build.BuildRequest;
import dev.carafe.build.Built;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.solve.OutlineReader;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.Material;
import dev.carafe.buildkit.answers.Lint;
import dev.carafe.buildkit.answers.OutlineAnswer;
import dev.carafe.buildkit.answers.Requests;
import dev.carafe.buildkit.answers.Targets;
import dev.carafe.buildkit.cache.CacheImports;
import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.session.ClientFolders;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One Dockerfile of a session's client, built. Closing it removes what came from the client.
final class DockerfileBuild implements AutoCloseable {
    private static final String IGNORE = ".dockerignore";
    private static final String DEFAULT_NAME = "Dockerfile";

    private static final BuildOutput SILENT =
            new BuildOutput() {
                @Override
                public void write(boolean stderr, byte[] bytes, int offset, int length) {}

                @Override
                public void image(Digest id) {}
            };

    private final BuildImage builds;
    private final Job job;
    private final Progress progress;
    private final Session session;
    private final FrontendOptions options;
    private final ClientFolders folders;
    private final RemoteContexts remote;
    private final NamedContexts named;
    private final Given given;
    private final Undo undo = new Undo();
    private List<String> ignored = List.of();
    private @Nullable BuildContext context;

    /// Opens the caches that the client names.
    @FunctionalInterface
    interface Imports {
        CacheImports open(SessionClient client);
    }

    /// What a build is given besides its options.
    ///
    /// @param inputs images that other builds made, by their names for this one
    /// @param imports of which steps are taken
    /// @param layouts brings images in folders of the client's
    record Given(Map<String, Digest> inputs, Imports imports, LayoutImages layouts) {
        Given {
            inputs = Map.copyOf(inputs);
        }
    }

    /// @param sessions others than the build's own, by their ids
    DockerfileBuild(
            BuildImage builds,
            Job job,
            Session session,
            Function<String, Session> sessions,
            FrontendOptions options,
            Given given) {
        this.given = given;
        this.builds = builds;
        this.job = job;
        this.progress = job.progress();
        this.session = session;
        this.options = options;
        this.folders =
                new ClientFolders(
                        folder -> {
                            String own = options.folderSession(folder);
                            return own.isEmpty() ? session : sessions.apply(own);
                        },
                        builds.contexts());
        this.remote = new RemoteContexts(session, builds, job, options.solve().keepsGitDir());
        this.named =
                new NamedContexts(
                        options,
                        given.inputs(),
                        this::namedFolder,
                        this::namedRemote,
                        this::namedLayout);
    }

    /// @return the images, one for each platform
    List<Built> run() {
        BuildFiles files = files();
        BuildRequest request =
                new BuildRequest(files.name(), List.of(), job.ref(), options.solve());
        job.checkCanceled();
        try (CacheImports caches = given.imports().open(new SessionClient(session, builds))) {
            SessionClient client =
                    new SessionClient(session, builds, named::find, caches.sources());
            return builds.buildAll(request, options.platforms(), files, client, progress, SILENT);
        }
    }

    /// Answers what is asked instead of a build.
    ///
    /// @return the answer's parts by their names
    Map<String, String> answer(String request) {
        if (request.equals("frontend.subrequests.describe")) {
            return Requests.all();
        }
        BuildFiles files = files();
        return switch (request) {
            case "frontend.lint" -> Lint.of(files, builds.checks().check(files, options.solve()));
            case "frontend.targets" -> Targets.of(files);
            case "frontend.outline" ->
                    OutlineAnswer.of(
                            files, OutlineReader.read(files.dockerfile(), options.solve()));
            default -> throw new NotImplemented("the request " + request + " is not supported");
        };
    }

    private BuildFiles files() {
        String address = options.contextAddress();
        if (!address.isEmpty()) {
            fetch(address);
        }
        BuildContext definition = definition();
        BuildFiles found = dockerfile(definition);
        job.source(found.name(), found.dockerfile());
        if (address.isEmpty()) {
            ignored = lines(ignoreFile(definition, found.name()));
        }
        return new BuildFiles(
                found.name(), found.dockerfile(), this::context, IgnoreRules.of(ignored));
    }

    private synchronized void fetch(String address) {
        context =
                progress.step(
                        "[internal] load remote build context",
                        () -> {
                            BuildContext files =
                                    remote.get(address, options.dockerfile())
                                            .below(options.contextSubfolder());
                            undo.push(files::close);
                            return files;
                        });
    }

    private NamedContext namedFolder(String name, String folder) {
        List<String> ignoredThere =
                progress.step(
                        "[context " + name + "] load " + IGNORE,
                        part ->
                                lines(
                                        bring(part, folder, name, List.of(IGNORE), List.of())
                                                .text(IGNORE)
                                                .orElse("")));
        return progress.step(
                "[context " + name + "] load from client",
                part ->
                        new NamedContext.OfFiles(
                                bring(part, folder, name, List.of(), ignoredThere)));
    }

    private NamedContext namedLayout(String name, String address) {
        Platform wanted =
                options.platforms().isEmpty() ? Platform.host() : options.platforms().getFirst();
        return progress.step(
                "[context " + name + "] load from client",
                () -> given.layouts().bring(session, address, wanted, undo));
    }

    private NamedContext namedRemote(String name, String address) {
        return progress.step(
                "[context " + name + "] " + address,
                () -> {
                    BuildContext files = remote.get(address, "context");
                    undo.push(files::close);
                    return new NamedContext.OfFiles(files);
                });
    }

    private BuildContext definition() {
        BuildContext fetched = known();
        if (fetched != null && !options.dockerfileIsClients()) {
            return fetched;
        }
        String name = options.dockerfile();
        List<String> wanted = new ArrayList<>(List.of(name, name + IGNORE));
        if (last(name).equals(DEFAULT_NAME)) {
            wanted.add(lowerCase(name));
        }
        return progress.step(
                "[internal] load build definition from " + name,
                part -> bring(part, options.dockerfileFolder(), "dockerfile", wanted, List.of()));
    }

    private BuildContext bring(
            Progress.Part part,
            String folder,
            String shown,
            List<String> follow,
            List<String> exclude) {
        progress.uses(new Material.OfFolder(folder));
        ClientFolders.Synced synced =
                follow.isEmpty()
                        ? folders.update(folder, exclude)
                        : folders.bring(folder, follow, exclude);
        undo.push(synced.files()::close);
        part.done("transferring " + shown + ":", "transferring", synced.bytes());
        return synced.files();
    }

    private BuildFiles dockerfile(BuildContext definition) {
        String name = options.dockerfile();
        Optional<String> text = definition.text(name);
        if (text.isEmpty() && last(name).equals(DEFAULT_NAME)) {
            name = lowerCase(name);
            text = definition.text(name);
        }
        String asked = options.dockerfile();
        String content =
                text.orElseThrow(() ->
                        new InvalidArgument(
                                new Subject("path", asked),
                                "failed to read dockerfile: open "
                                        + asked
                                        + ": no such file or directory"));
        if (content.isBlank()) {
            throw new InvalidArgument("the Dockerfile (" + name + ") cannot be empty");
        }
        return new BuildFiles(name, content, this::context);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String lowerCase(String path) {
        String last = last(path);
        return path.substring(0, path.length() - last.length()) + last.toLowerCase(Locale.ROOT);
    }

    private String ignoreFile(BuildContext definition, String dockerfile) {
        return definition
                .text(dockerfile + IGNORE)
                .orElseGet(() ->
                        progress.step(
                                "[internal] load " + IGNORE,
                                part ->
                                        bring(
                                                        part,
                                                        options.contextFolder(),
                                                        "context",
                                                        List.of(IGNORE),
                                                        List.of())
                                                .text(IGNORE)
                                                .orElse("")));
    }

    /// @throws InvalidArgument for a pattern that can't be
    private static List<String> lines(String ignoreFile) {
        IgnoreRules.parse(ignoreFile);
        return ignoreFile
                .lines()
                .map(line -> line.replace("\uFEFF", ""))
                .filter(line -> !line.startsWith("#"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(DockerfileBuild::clean)
                .toList();
    }

    /// Clients take patterns relative to the folder only.
    private static String clean(String pattern) {
        boolean takesIn = pattern.startsWith("!");
        String path = takesIn ? pattern.substring(1).strip() : pattern;
        String clean = Path.of("/" + path).normalize().toString();
        return (takesIn ? "!" : "") + (clean.length() > 1 ? clean.substring(1) : ".");
    }

    private synchronized @Nullable BuildContext known() {
        return context;
    }

    private synchronized BuildContext context() {
        BuildContext files = context;
        if (files == null) {
            files =
                    progress.step(
                            "[internal] load build context",
                            part ->
                                    bring(
                                            part,
                                            options.contextFolder(),
                                            "context",
                                            List.of(),
                                            ignored));
            context = files;
        }
        return files;
    }

    @Override
    public synchronized void close() {
        undo.close();
    }
}
