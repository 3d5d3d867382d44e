package dev.carafe.cli.command;

import dev.carafe.cli.context.BuildContexts;
import dev.carafe.cli.context.BuildSecrets;
import dev.carafe.cli.context.BuildSource;
import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// `build`.
final class BuildCommand extends Command {
    /// How many bytes of the body come before the context.
    private static final String PREAMBLE = "X-Carafe-Preamble: ";

    BuildCommand() {
        super("build", "[OPTIONS] PATH | URL | -", "Build an image from a Dockerfile", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe image build, carafe build, carafe builder build";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(FlagType.LIST, "add-host", "Further name for steps (name:ip)"),
            Flag.of(FlagType.STRINGS, "allow", "Taken and not needed: nothing is locked away"),
            Flag.list("annotation", "Refused: docker buildx build does it"),
            Flag.list("attest", "Refused unless disabled=true: docker buildx build does it"),
            Flag.string("builder", "Taken and without effect: there is one"),
            Flag.list("build-arg", "Value of an ARG (name=value)"),
            Flag.list(
                    "build-context",
                    "Another context (name=FOLDER, docker-image://IMAGE, or an address)"),
            Flag.of(
                    FlagType.STRINGS,
                    "cache-from",
                    "Cache elsewhere to take steps from (NAME; type=registry,ref=NAME)"),
            Flag.list(
                    "cache-to",
                    "Where to write the steps to (type=registry,ref=NAME[,mode=max]; type=inline)"),
            Flag.string("call", "What to do instead of building (check, outline, targets)")
                    .withDefault("build"),
            Flag.bool("check", "Check the Dockerfile, and build nothing"),
            Flag.string("cgroup-parent", "Cgroup above those of the steps"),
            Flag.bool("compress", "Taken and not needed: the socket is faster"),
            Flag.of(FlagType.INT64, "cpu-period", "Length of the CPU period in microseconds"),
            Flag.of(FlagType.INT64, "cpu-quota", "CPU time a period in microseconds"),
            Flag.of(FlagType.INT64, 'c', "cpu-shares", "Weight of the steps' CPU time"),
            Flag.string("cpuset-cpus", "CPUs that steps may use (0-3, 0,1)"),
            Flag.string("cpuset-mems", "Memory nodes that steps may use (0-3, 0,1)"),
            Flag.string('f', "file", "The Dockerfile; - for standard input"),
            Flag.bool("force-rm", "Remove the container of a failed step, too"),
            Flag.string("iidfile", "Write the image's id to this file"),
            Flag.string("isolation", "Taken and without effect"),
            Flag.list("label", "Label of the image (name=value)"),
            Flag.bool("load", "Keep the image in the image store, as without --output"),
            Flag.of(FlagType.BYTES, 'm', "memory", "Memory limit of the steps"),
            Flag.of(FlagType.SWAP_BYTES, "memory-swap", "Limit of memory and swap; -1 for none"),
            Flag.string("metadata-file", "Write what was made to this file, as JSON"),
            Flag.string("network", "Network of the steps").withDefault("default"),
            Flag.bool("no-cache", "Run every step"),
            Flag.of(FlagType.STRINGS, "no-cache-filter", "Run every step of these stages"),
            Flag.of(
                    FlagType.LIST,
                    'o',
                    "output",
                    "Where the result goes (FOLDER, -, type=image|registry|docker|oci|tar|local)"),
            Flag.of(FlagType.STRINGS, "platform", "Platforms of the image (os[/arch[/variant]])"),
            Flag.string("progress", "How it is shown (auto, plain, tty, rawjson, quiet)")
                    .withDefault("auto"),
            Flag.string("provenance", "Refused unless false: docker buildx build does it"),
            Flag.bool("pull", "Ask for newer base images"),
            Flag.bool("push", "Push the image under its names"),
            Flag.bool('q', "quiet", "Show nothing but the image's id"),
            Flag.bool("rm", "Remove the containers of steps").withDefault("true"),
            Flag.string("sbom", "Refused unless false: docker buildx build does it"),
            Flag.list(
                    "secret", "Secret that steps may see (id=NAME,src=FILE; id=NAME,env=VARIABLE)"),
            Flag.of(FlagType.STRINGS, "security-opt", "Security options of the steps"),
            Flag.of(FlagType.BYTES, "shm-size", "Size of /dev/shm in steps"),
            Flag.bool("squash", "Refused: copy from a stage into one FROM scratch instead"),
            Flag.list("ssh", "SSH agent that steps may use (default; ID=SOCKET)"),
            Flag.of(FlagType.LIST, 't', "tag", "Name of the image (name[:tag])"),
            Flag.string("target", "The stage to build"),
            Flag.of(FlagType.ULIMIT, "ulimit", "Resource limit of the steps"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.FILES;
    }

    @Override
    String[] examples() {
        return new String[] {
            "build -t mine:1 .", "From the Dockerfile of this folder",
            "build -f - . < other", "With another Dockerfile",
            "build -o out .", "Only the files, to a folder"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        BuildLimits.check(flags);
        BuildSource source = BuildSource.of(flags.argument(0), flags.text("file"), session.in());
        String id = UUID.randomUUID().toString();
        String call = call(flags);
        BuildProgress progress = BuildProgress.of(flags, session, call.equals("build"));
        boolean checkOnly = call.equals("check");
        BuildOutputs outputs = BuildOutputs.of(flags);
        BuildContexts contexts = BuildContexts.of(flags.all("build-context"));
        Query query =
                BuildQuery.of(
                                flags,
                                outputs.storedNames(),
                                source,
                                id,
                                Proxies.of(session, flags.all("build-arg")))
                        .withIf(flags.bool("quiet"), "q")
                        .with("results", "1")
                        .withIf(checkOnly, "checkonly")
                        .withIf(call.equals("targets"), "targetsonly")
                        .withIf(call.equals("outline"), "outlineonly")
                        .withIfAny("progress", progress.bySteps() ? "steps" : "");
        Map<String, Path> sockets =
                AgentForwarder.sockets(flags.all("ssh"), System.getenv("SSH_AUTH_SOCK"));
        BuildSecrets secrets = new BuildSecrets();
        flags.all("secret").forEach(secrets::add);
        secrets.agents(sockets);
        secrets.contexts(contexts);
        byte[] first = secrets.bytes();
        String headers =
                Accounts.header(session.config())
                        + (first.length == 0 ? "" : PREAMBLE + first.length + "\r\n");
        if (call.equals("build")) {
            outputs.begin(session);
        }
        BuildView view;
        try (SyncedContext synced = SyncedContext.of(session.api(), id, source);
                AgentForwarder agents = new AgentForwarder(session.api(), id);
                InputStream body =
                        body(
                                first,
                                contexts,
                                synced.isThere() ? InputStream.nullInputStream() : source.body());
                Stream stream =
                        begin(
                                session,
                                agents,
                                sockets,
                                query.withIf(synced.isThere(), "synced"),
                                headers,
                                body)) {
            view = new BuildView(progress.display().get());
            show(session, progress, view, stream, source);
        }
        switch (call) {
            case "check" -> {
                return CheckView.whole(
                        session.out(), view.checks(), source.shown(), source.lines());
            }
            case "targets" -> CallView.targets(session.out(), view.targets());
            case "outline" -> CallView.outline(session.out(), view.outline());
            default -> finish(session, flags, progress, view, outputs);
        }
        return 0;
    }

    /// Shows the build, and where in the Dockerfile it fails if it does.
    private static void show(
            Session session,
            BuildProgress progress,
            BuildView view,
            Stream stream,
            BuildSource source)
            throws IOException {
        try {
            view.show(stream);
        } catch (Failure e) {
            Output err = session.err();
            if (!progress.raw()) {
                CheckView.shortly(err, view.checks());
                view.failures().show(err);
                Excerpt.show(err, source.shown(), source.lines(), view.failures().place());
                err.flush();
            }
            throw e;
        }
    }

    /// Says what was made, and brings it where it shall go.
    private static void finish(
            Session session,
            Parsed flags,
            BuildProgress progress,
            BuildView view,
            BuildOutputs outputs)
            throws IOException {
        if (!progress.quiet() && !progress.raw()) {
            CheckView.shortly(session.err(), view.checks());
        }
        String image = named(view);
        if (progress.quiet()) {
            session.out().line(image);
        }
        outputs.write(session, view.results());
        write(flags, image, outputs.names());
    }

    private static String call(Parsed flags) {
        String call = flags.text("call");
        if (call.equals("build") && flags.bool("check") || call.equals("lint")) {
            return "check";
        }
        if (!List.of("build", "check", "outline", "targets").contains(call)) {
            throw new Failure(
                    "--call=" + call + " is not supported: use build, check, outline or targets");
        }
        return call;
    }

    private static InputStream body(byte[] first, BuildContexts contexts, InputStream context) {
        return new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(first), contexts.body()), context);
    }

    /// The image that the names lead to.
    private static String named(BuildView view) {
        return view.results().isEmpty() ? view.id() : view.results().getFirst().text("ID");
    }

    private static void write(Parsed flags, String id, List<String> tags) throws IOException {
        if (!flags.text("iidfile").isEmpty()) {
            Files.writeString(Path.of(flags.text("iidfile")), id);
        }
        if (!flags.text("metadata-file").isEmpty()) {
            JsonObject metadata =
                    new JsonObject()
                            .with("containerimage.config.digest", id)
                            .with("containerimage.digest", id);
            if (!tags.isEmpty()) {
                metadata.put("image.name", String.join(",", tags));
            }
            Files.writeString(Path.of(flags.text("metadata-file")), Json.write(metadata) + "\n");
        }
    }

    private static Stream begin(
            Session session,
            AgentForwarder agents,
            Map<String, Path> sockets,
            Query query,
            String headers,
            InputStream body) {
        agents.offer(sockets);
        return session.api().upload("POST", query.toString(), "application/x-tar", headers, body);
    }
}
