package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.BuildImage;
import dev.carafe.build.BuildRequest;
import dev.carafe.build.Built;
import dev.carafe.build.CheckDockerfile;
import dev.carafe.build.check.Finding;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.RemoteCaches;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.solve.OutlineReader;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.AccountsWire;
import dev.carafe.dockerapi.wire.BuildWire;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ImageEvents;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Building images as the classic builder does: `POST /build`, its cancelling.
final class BuildRoutes {
    private final ImageStore images;
    private final ImageEvents events;
    private final BuildImage builds;
    private final PostedBuildRoutes posted;
    private final Replies replies;
    private final BuildWire wire;
    private final AgentPool agents = new AgentPool();
    private final SyncedContexts synced;
    private final Supplier<RemoteCaches> caches;

    /// @param posted builds by BuildKit
    /// @param caches in other places, made when a build names one
    BuildRoutes(
            Engine engine,
            BuildImage builds,
            PostedBuildRoutes posted,
            Supplier<RemoteCaches> caches,
            Replies replies) {
        this.posted = posted;
        this.caches = caches;
        this.images = engine.images();
        this.events = engine.imageEvents();
        this.builds = builds;
        this.synced = new SyncedContexts(builds.contexts());
        this.replies = replies;
        this.wire = new BuildWire(replies.json());
    }

    void addTo(Router router) {
        router.post("/build", this::build);
        router.get("/build/result", this::result);
        router.post(
                "/build/cancel",
                x -> {
                    String id = x.query().text("id");
                    if (id.isEmpty()) {
                        throw new InvalidArgument("build ID not provided");
                    }
                    builds.cancel(id);
                    posted.cancel(id);
                    Replies.empty(x);
                });
        router.post("/build/agent", this::agent);
        router.post("/build/context", synced::arrive);
    }

    /// One connection for the ssh agent of a build's client, waiting until a step needs it.
    private void agent(Exchange x) throws IOException {
        agents.offer(
                x.query().text("buildid"),
                x.query().text("id"),
                () -> x.hijack("application/vnd.docker.raw-stream"));
    }

    private void build(Exchange x) throws IOException {
        if (x.query().text("version").equals("2")) {
            posted.build(x);
            return;
        }
        if (x.query().flag("squash")) {
            throw new InvalidArgument(
                    "squash is not supported: copy from a stage into one that is FROM scratch");
        }
        Preamble preamble = Preamble.read(x, replies.json());
        String buildId = x.query().text("buildid");
        BuildRequest request = wire.request(x.query());
        Function<String, Credentials> accounts =
                AccountsWire.header(x.header(AccountsWire.HEADER), replies.json());
        BuildClient plain =
                new WireClient(builds, agents, buildId, preamble, WireContexts.NONE, accounts);
        agents.expect(buildId, preamble.agents());
        // the contexts are gone when the answer ends
        try (BuildStream stream =
                        new BuildStream(x, replies, () -> builds.cancel(request.buildId()));
                WireContexts named =
                        WireContexts.read(
                                preamble,
                                builds,
                                x.body(),
                                address -> fetch(address, "context", request, plain));
                BuildContext context = context(x, request, plain)) {
            build(
                    x,
                    stream,
                    request,
                    context,
                    new WireClient(builds, agents, buildId, preamble, named, accounts));
        } finally {
            agents.end(buildId, preamble.agents());
        }
    }

    private void build(
            Exchange x,
            BuildStream stream,
            BuildRequest request,
            BuildContext context,
            WireClient client)
            throws IOException {
        BuildFiles files = builds.files(request, context);
        if (x.query().flag("targetsonly")) {
            stream.run(false, output -> stream.line(StepLines.targets(files)));
            return;
        }
        if (x.query().flag("outlineonly")) {
            stream.run(
                    false,
                    true,
                    output ->
                            stream.line(
                                    StepLines.outline(
                                            OutlineReader.read(
                                                    files.dockerfile(), request.options()))));
            return;
        }
        boolean quiet = x.query().flag("q");
        StepLines steps = new StepLines(stream);
        boolean bySteps = x.query().text("progress").equals("steps");
        boolean checkOnly = x.query().flag("checkonly");
        WireCaches named =
                new WireCaches(
                        caches,
                        images,
                        wire.caches(x.query(), "cacheimports"),
                        wire.caches(x.query(), "cacheexports"));
        stream.run(
                quiet && !bySteps,
                bySteps || checkOnly,
                output -> {
                    if (checkOnly) {
                        checks(stream, files, request);
                        return;
                    }
                    BuildWatcher watcher = bySteps ? steps : BuildWatcher.NONE;
                    List<Built> all =
                            named.build(
                                    client,
                                    watcher,
                                    request.names(),
                                    with ->
                                            builds.buildAll(
                                                    request,
                                                    wire.platforms(x.query()),
                                                    files,
                                                    with,
                                                    watcher,
                                                    bySteps ? steps.output() : output));
                    for (Built one : all) {
                        images.byId(one.id()).ifPresent(i -> events.built(i, request.names()));
                    }
                    told(x, stream, all);
                });
    }

    /// What was made: for our own client all of it, else the id that a quiet client waits for.
    private static void told(Exchange x, BuildStream stream, List<Built> all) throws IOException {
        if (x.query().flag("results")) {
            for (Built one : all) {
                stream.line(StepLines.result(one));
            }
        }
        if (x.query().flag("q")) {
            stream.text(all.getFirst().id() + "\n");
        }
    }

    private BuildContext fetch(
            String address, String dockerfile, BuildRequest request, BuildClient client) {
        return builds.fetch(
                address,
                dockerfile,
                request.buildId(),
                client,
                request.options().keepsGitDir(),
                BuildWatcher.NONE);
    }

    /// `GET /build/result?type=tar|docker|oci&image=ID`, an extension: files of what was built,
    /// under the names `t`.
    private void result(Exchange x) throws IOException {
        List<String> ids = x.query().all("image");
        String type = x.query().text("type");
        boolean tar = type.equals("tar");
        if (ids.isEmpty() || tar && ids.size() > 1) {
            throw new InvalidArgument("a result is of one image; only type=oci takes several");
        }
        if (!tar && !type.equals("oci") && !(type.equals("docker") && ids.size() == 1)) {
            throw new InvalidArgument(
                    "type=" + type + " can't be: use tar, oci, or docker for one platform");
        }
        List<ImageReference> names =
                x.query().all("t").stream()
                        .map(name -> ImageReference.parse(name).withDefaultTag())
                        .toList();
        try (LazyOutput out = new LazyOutput(() -> x.stream(200, "application/x-tar"))) {
            if (tar) {
                builds.results().files(ids.getFirst(), out);
            } else {
                builds.results().archive(ids, names, out);
            }
            out.whole();
        }
    }

    private void checks(BuildStream stream, BuildFiles files, BuildRequest request)
            throws IOException {
        CheckDockerfile.Checked checked = builds.checks().check(files, request.options());
        for (Finding finding : checked.findings()) {
            stream.line(StepLines.finding(finding));
        }
        if (checked.error() != null) {
            throw checked.error();
        }
    }

    private BuildContext context(Exchange x, BuildRequest request, BuildClient client)
            throws IOException {
        if (x.query().flag("synced")) {
            return synced.take(x.query().text("buildid"));
        }
        String remote = x.query().text("remote");
        if (remote.isEmpty() || remote.equals("client-session")) {
            return builds.contexts().unpack(x.body());
        }
        return fetch(remote, request.dockerfile(), request, client);
    }

    /// What is done with the stream open.
    @FunctionalInterface
    interface Work {
        void run(BuildOutput output) throws IOException;
    }
}
