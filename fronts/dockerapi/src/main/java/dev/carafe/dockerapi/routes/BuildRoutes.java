package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.BuildImage;
import dev.carafe.build.BuildRequest;
import dev.carafe.build.CheckDockerfile;
import dev.carafe.build.check.Finding;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.AccountsWire;
import dev.carafe.dockerapi.wire.BuildWire;
import dev.carafe.oci.Digest;
import java.io.IOException;

/// Building images as the classic builder does: `POST /build`, its cancelling.
final class BuildRoutes {
    private final BuildImage builds;
    private final Replies replies;
    private final BuildWire wire;
    private final AgentPool agents = new AgentPool();

    BuildRoutes(BuildImage builds, Replies replies) {
        this.builds = builds;
        this.replies = replies;
        this.wire = new BuildWire(replies.json());
    }

    void addTo(Router router) {
        router.post("/build", this::build);
        router.post(
                "/build/cancel",
                x -> {
                    String id = x.query().text("id");
                    if (id.isEmpty()) {
                        throw new InvalidArgument("build ID not provided");
                    }
                    builds.cancel(id);
                    Replies.empty(x);
                });
        router.post("/build/agent", this::agent);
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
            throw new NotImplemented(
                    "BuildKit is reached by POST /grpc here: use docker buildx, or set DOCKER_BUILDKIT=0");
        }
        if (x.query().flag("squash")) {
            throw new InvalidArgument(
                    "squash is not supported: copy from a stage into one that is FROM scratch");
        }
        Preamble preamble = Preamble.read(x, replies.json());
        String buildId = x.query().text("buildid");
        BuildClient client =
                new WireClient(
                        builds,
                        agents,
                        buildId,
                        preamble,
                        AccountsWire.header(x.header(AccountsWire.HEADER), replies.json()));
        BuildRequest request = wire.request(x.query());
        agents.expect(buildId, preamble.agents());
        // the context is gone when the answer ends
        try (BuildStream stream =
                        new BuildStream(x, replies, () -> builds.cancel(request.buildId()));
                BuildContext context = context(x, request, client)) {
            IgnoreRules ignore = CheckDockerfile.rules(context, request.dockerfile());
            BuildFiles files = builds.files(request, context);
            boolean quiet = x.query().flag("q");
            StepLines steps = new StepLines(stream);
            boolean bySteps = x.query().text("progress").equals("steps");
            stream.run(
                    quiet && !bySteps,
                    output -> {
                        if (!x.query().flag("checkonly")) {
                            Digest id =
                                    builds.build(
                                            request,
                                            files,
                                            client,
                                            bySteps ? steps : BuildWatcher.NONE,
                                            bySteps ? steps.output() : output);
                            if (quiet) {
                                stream.text(id + "\n");
                            }
                        }
                        if (x.query().flag("checks") || x.query().flag("checkonly")) {
                            checks(stream, files, ignore, request);
                        }
                    });
        } finally {
            agents.end(buildId, preamble.agents());
        }
    }

    private void checks(
            BuildStream stream, BuildFiles files, IgnoreRules ignore, BuildRequest request)
            throws IOException {
        for (Finding finding : builds.checks().check(files, ignore, request.options().platform())) {
            stream.line(StepLines.finding(finding));
        }
    }

    private BuildContext context(Exchange x, BuildRequest request, BuildClient client)
            throws IOException {
        String remote = x.query().text("remote");
        if (remote.isEmpty() || remote.equals("client-session")) {
            return builds.contexts().unpack(x.body());
        }
        return builds.fetch(
                remote,
                request.dockerfile(),
                request.buildId(),
                client,
                request.options().keepsGitDir());
    }

    /// What is done with the stream open.
    @FunctionalInterface
    interface Work {
        void run(BuildOutput output) throws IOException;
    }
}
