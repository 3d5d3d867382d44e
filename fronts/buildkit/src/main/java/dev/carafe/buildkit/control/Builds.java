package dev.carafe.buildkit.control;

import com.google.protobuf.ByteString;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.BuildImage;
import dev.carafe.buildkit.export.Exports;
import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.buildkit.progress.Failures;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.buildkit.wire.common.Definition;
import dev.carafe.buildkit.wire.control.SolveResponse;
import dev.carafe.buildkit.wire.gateway.Ref;
import dev.carafe.buildkit.wire.gateway.Result;
import dev.carafe.oci.Digest;
import java.util.Map;
import java.util.Optional;

/// Makes and exports what clients ask for.
final class Builds {
    private final BuildImage images;
    private final Sessions sessions;
    private final Exports exports;

    Builds(BuildImage images, Sessions sessions, Exports exports) {
        this.images = images;
        this.sessions = sessions;
        this.exports = exports;
    }

    /// A build from its request to its exports. Blocks.
    SolveResponse whole(Job job) {
        try {
            String frontend = job.request().getFrontend();
            if (!frontend.isEmpty()) {
                make(
                        job,
                        frontend,
                        job.request().getFrontendAttrsMap(),
                        job.request().getFrontendInputsMap());
            } else if (job.request().getDefinition().getDefCount() > 0) {
                throw new NotImplemented("builds that are no Dockerfile (LLB) are not supported");
            } else {
                job.awaitReturned();
            }
            job.checkCanceled();
            Digest image = job.image();
            SolveResponse.Builder response = SolveResponse.newBuilder();
            if (image != null) {
                Session session = sessions.await(job.request().getSession());
                response.putAllExporterResponse(
                        exports.run(
                                image,
                                job.request(),
                                session,
                                new SessionClient(session, images, name -> Optional.empty()),
                                job.progress()));
            }
            return response.build();
        } catch (RuntimeException e) {
            throw Failures.of(e, job.details());
        }
    }

    /// The building only, within a client's own build.
    dev.carafe.buildkit.wire.gateway.SolveResponse solve(
            Job job, dev.carafe.buildkit.wire.gateway.SolveRequest request) {
        try {
            Digest image =
                    make(
                            job,
                            request.getFrontend(),
                            request.getFrontendOptMap(),
                            request.getFrontendInputsMap());
            return dev.carafe.buildkit.wire.gateway.SolveResponse.newBuilder()
                    .setResult(
                            Result.newBuilder()
                                    .setRef(
                                            Ref.newBuilder()
                                                    .setId(image.toString())
                                                    .setDef(ResultGraph.of(image)))
                                    .putMetadata(
                                            "containerimage.digest",
                                            ByteString.copyFromUtf8(image.toString())))
                    .build();
        } catch (RuntimeException e) {
            throw Failures.of(e, job.details());
        }
    }

    private Digest make(
            Job job, String frontend, Map<String, String> attrs, Map<String, Definition> inputs) {
        try {
            FrontendOptions options = new FrontendOptions(attrs);
            job.asked(attrs);
            options.check(frontend);
            Unmade.warn(options, job.request(), job.progress());
            Session session = sessions.await(job.request().getSession());
            try (DockerfileBuild build =
                    new DockerfileBuild(
                            images, job, session, options, ResultGraph.images(inputs))) {
                Digest image = build.run();
                job.built(image);
                return image;
            }
        } catch (RuntimeException e) {
            job.failed(e);
            throw e;
        }
    }

    void cancel(String ref) {
        images.cancel(ref);
    }
}
