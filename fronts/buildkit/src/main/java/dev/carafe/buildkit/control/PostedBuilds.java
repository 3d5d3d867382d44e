package dev.carafe.buildkit.control;

import dev.carafe.base.Canceled;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.buildkit.order.BuildOrder;
import dev.carafe.buildkit.wire.control.Exporter;
import dev.carafe.buildkit.wire.control.SolveRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Builds that come by one request of Docker's API, and whose status goes back in its answer.
public final class PostedBuilds {
    /// The address of a context that is the request's body.
    static final String BODY = "http://request-body/";

    private final Jobs jobs;
    private final Builds builds;
    private final ContextSpool contexts;

    PostedBuilds(Jobs jobs, Builds builds, ContextSpool contexts) {
        this.contexts = contexts;
        this.jobs = jobs;
        this.builds = builds;
    }

    /// Blocks until the build has ended. The body is read to its end before the first message: a
    /// connection may not be both read and watched for its client's leaving.
    ///
    /// @param trace gets messages of the type `moby.buildkit.v1.StatusResponse`
    /// @return what clients are told of the result, by BuildKit's names
    public Map<String, String> run(BuildOrder build, Consumer<byte[]> trace) {
        SolveRequest request = request(build);
        BuildContext body = build.body() == null ? null : contexts.unpack(build.body());
        Job job = new Job(request, () -> builds.cancel(build.ref()), body);
        Thread follower =
                Thread.ofVirtual().name("build trace").unstarted(() -> follow(job, trace));
        try {
            return jobs.run(
                            job,
                            () -> {
                                follower.start();
                                return builds.whole(job);
                            })
                    .getExporterResponseMap();
        } finally {
            join(follower);
            job.takeBody().ifPresent(BuildContext::close);
        }
    }

    /// Ends a build; nothing when there is none with this id.
    public void cancel(String ref) {
        jobs.open(ref).ifPresent(Job::cancel);
    }

    private static SolveRequest request(BuildOrder build) {
        Map<String, String> attrs = new HashMap<>(build.attrs());
        if (build.body() != null) {
            attrs.put("context", BODY);
        }
        SolveRequest.Builder request =
                SolveRequest.newBuilder()
                        .setRef(build.ref())
                        .setSession(build.session())
                        .setFrontend("dockerfile.v0")
                        .putAllFrontendAttrs(attrs);
        for (BuildOrder.Output output : build.outputs()) {
            request.addExporters(
                    Exporter.newBuilder().setType(output.type()).putAllAttrs(output.attrs()));
        }
        return request.build();
    }

    private static void follow(Job job, Consumer<byte[]> trace) {
        try {
            job.feed().follow(status -> trace.accept(status.toByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // the client has left
            job.cancel();
        }
    }

    private static void join(Thread follower) {
        try {
            follower.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("context canceled");
        }
    }
}
