package dev.carafe.buildkit.control;

import com.google.protobuf.ByteString;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.BuildImage;
import dev.carafe.build.Built;
import dev.carafe.build.cache.UsedStep;
import dev.carafe.buildkit.attest.AttestOptions;
import dev.carafe.buildkit.attest.Attestation;
import dev.carafe.buildkit.attest.Provenance;
import dev.carafe.buildkit.attest.ProvenanceOptions;
import dev.carafe.buildkit.cache.CacheExports;
import dev.carafe.buildkit.cache.CacheImports;
import dev.carafe.buildkit.cache.CacheOption;
import dev.carafe.buildkit.export.Exports;
import dev.carafe.buildkit.export.RewrittenLayers;
import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.buildkit.progress.Failures;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.buildkit.wire.common.Definition;
import dev.carafe.buildkit.wire.control.CacheOptionsEntry;
import dev.carafe.buildkit.wire.control.SolveResponse;
import dev.carafe.buildkit.wire.gateway.Result;
import dev.carafe.buildkit.wire.gateway.SolveRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes and exports what clients ask for.
final class Builds {
    private final BuildImage images;
    private final Sessions sessions;
    private final Exports exports;
    private final Stores stores;
    private final CacheExports caches;
    private final LayoutImages layouts;

    Builds(BuildImage images, Sessions sessions, Exports exports, Stores stores) {
        this.images = images;
        this.sessions = sessions;
        this.exports = exports;
        this.stores = stores;
        this.caches = new CacheExports(stores.images(), stores.snapshots(), stores.registries());
        this.layouts = new LayoutImages(stores.images(), stores.snapshots());
    }

    /// A build from its request to its exports. Blocks.
    SolveResponse whole(Job job) {
        try {
            refusePolicies(job.request());
            String frontend = job.request().getFrontend();
            if (!frontend.isEmpty()) {
                make(
                        job,
                        frontend,
                        job.request().getFrontendAttrsMap(),
                        job.request().getFrontendInputsMap());
            } else if (job.request().getDefinition().getDefCount() > 0) {
                throw new NotImplemented(
                        "builds that are no Dockerfile (LLB) are not supported: only the front end"
                                + " dockerfile.v0 is built in");
            } else {
                job.awaitReturned();
            }
            job.checkCanceled();
            SolveResponse.Builder response = SolveResponse.newBuilder();
            if (!job.built().isEmpty()) {
                response.putAllExporterResponse(export(job));
            }
            return response.build();
        } catch (RuntimeException e) {
            throw Failures.of(e, job.details());
        }
    }

    /// Who asks for some sources to be refused must not get them.
    private static void refusePolicies(dev.carafe.buildkit.wire.control.SolveRequest request) {
        if (!request.getSourcePolicy().isEmpty() || !request.getSourcePolicySession().isEmpty()) {
            throw new NotImplemented("source policies are not supported");
        }
    }

    private Map<String, String> export(Job job) {
        Session session = sessions.await(job.request().getSession());
        SessionClient client = new SessionClient(session, images);
        List<CacheOption> to = options(job.request().getCache().getExportsList());
        List<Exports.Result> results =
                job.built().stream()
                        .map(built ->
                                new Exports.Result(
                                        built.platform(),
                                        built.id(),
                                        caches.inline(built.id(), to, built.steps()),
                                        attestations(job, built),
                                        RewrittenLayers.of(built)))
                        .toList();
        List<UsedStep> used =
                job.built().stream().flatMap(built -> built.steps().stream()).toList();
        Map<String, String> response =
                new HashMap<>(
                        exports.run(
                                results,
                                new Exports.Wanted(
                                        job.request().getExportersList(), session, client),
                                job.progress()));
        response.putAll(caches.run(to, used, session, client, job.progress()));
        return response;
    }

    private static List<Attestation> attestations(Job job, Built built) {
        ProvenanceOptions provenance = AttestOptions.of(job.options()).provenance();
        return provenance == null
                ? List.of()
                : List.of(
                        new Provenance(job.facts().with(built.materials()), provenance)
                                .attestation());
    }

    private static List<CacheOption> options(List<CacheOptionsEntry> entries) {
        return entries.stream()
                .map(entry -> new CacheOption(entry.getType(), entry.getAttrsMap()))
                .toList();
    }

    /// The building only, within a client's own build; or what is asked instead of it.
    dev.carafe.buildkit.wire.gateway.SolveResponse solve(Job job, SolveRequest request) {
        try {
            FrontendOptions options = new FrontendOptions(request.getFrontendOptMap());
            Result.Builder result = Result.newBuilder();
            if (options.request().isEmpty()) {
                BuildAnswer.put(
                        result,
                        make(
                                job,
                                request.getFrontend(),
                                request.getFrontendOptMap(),
                                request.getFrontendInputsMap()),
                        options.isForSeveral(),
                        exports::configuration);
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

    private List<Built> make(
            Job job, String frontend, Map<String, String> attrs, Map<String, Definition> inputs) {
        try {
            FrontendOptions options = new FrontendOptions(attrs);
            job.asked(attrs);
            options.check(frontend);
            String scanner = AttestOptions.of(options).sbom();
            if (scanner != null) {
                job.progress()
                        .warns(
                                "No SBOM is made: scanners ("
                                        + scanner
                                        + ") are not run here; scan the image once it is pushed");
            }
            try (DockerfileBuild build = build(job, options, inputs)) {
                List<Built> images = build.run();
                job.built(images);
                return images;
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
        return new DockerfileBuild(
                images,
                job,
                session,
                sessions::await,
                options,
                new DockerfileBuild.Given(
                        ResultGraph.images(inputs),
                        client ->
                                CacheImports.open(
                                        from(job, options),
                                        stores.registries(),
                                        stores.snapshots(),
                                        session,
                                        client,
                                        job.progress()),
                        layouts));
    }

    private static List<CacheOption> from(Job job, FrontendOptions options) {
        List<CacheOption> all = new ArrayList<>(CacheImports.options(options.texts()));
        all.addAll(options(job.request().getCache().getImportsList()));
        return all;
    }

    void cancel(String ref) {
        images.cancel(ref);
    }
}
