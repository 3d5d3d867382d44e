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
import dev.carafe.buildkit.wire.gateway.SolveRequest;
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

    /// The building only, within a client's own build; or what is asked instead of it.
    dev.carafe.buildkit.wire.gateway.SolveResponse solve(Job job, SolveRequest request) {
        try {
            FrontendOptions options = new FrontendOptions(request.getFrontendOptMap());
            Result.Builder result = Result.newBuilder();
            if (options.request().isEmpty()) {
                Digest image =
                        make(
                                job,
                                request.getFrontend(),
                                request.getFrontendOptMap(),
                                request.getFrontendInputsMap());
                result.setRef(
                        Ref.newBuilder().setId(image.toString()).setDef(ResultGraph.of(image)));
                result.putMetadata(
                        "containerimage.digest", ByteString.copyFromUtf8(image.toString()));
            } else {
                answer(job, request.getFrontend(), options)
                        .forEach((name, text) ->
                                result.putMetadata(name, ByteString.copyFromUtf8(text)));
            }
            return dev.carafe.buildkit.wire.gateway.SolveResponse.newBuilder()
                    .setResult(result)
                    .build();
        } catch (RuntimeException e) {
            job.failed(e);
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
            try (DockerfileBuild build = build(job, options, inputs)) {
                Digest image = build.run();
                job.built(image);
                return image;
            }
        } catch (RuntimeException e) {
            job.failed(e);
            throw e;
        }
    }

    private Map<String, String> answer(Job job, String frontend, FrontendOptions options) {
        options.check(frontend);
        try (DockerfileBuild build = build(job, options, Map.of())) {
            return build.answer(options.request());
        }
    }

    private DockerfileBuild build(
            Job job, FrontendOptions options, Map<String, Definition> inputs) {
        Session session = sessions.await(job.request().getSession());
        return new DockerfileBuild(images, job, session, options, ResultGraph.images(inputs));
    }

    void cancel(String ref) {
        images.cancel(ref);
    }
}
