package dev.carafe.buildkit.attest;

import dev.carafe.buildkit.attest.JsonTree.Always;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// SLSA provenance of a build, v0.2 or v1, with the members that BuildKit gives it
/// (docs/attestations/slsa-definitions.md). What it does not tell: the graph of operations
/// (`buildConfig`), which is this engine's own and no LLB.
public final class Provenance {
    private static final String TYPE_02 = "https://mobyproject.org/buildkit@v1";
    private static final String TYPE_1 =
            "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md";

    private final BuildFacts facts;
    private final ProvenanceOptions options;
    private final Parameters parameters;
    private final Dependencies dependencies;

    public Provenance(BuildFacts facts, ProvenanceOptions options) {
        this.facts = facts;
        this.options = options;
        this.parameters = new Parameters(facts, options.max());
        this.dependencies = new Dependencies(facts.materials());
    }

    public Attestation attestation() {
        Map<String, Object> tree =
                switch (options.version()) {
                    case V02 -> version02();
                    case V1 -> version1();
                };
        return new Attestation(options.version().type(), JsonTree.write(tree));
    }

    private Map<String, Object> version02() {
        return tree(
                "builder",
                Map.of("id", options.builderId()),
                "buildType",
                TYPE_02,
                "materials",
                dependencies.tree(),
                "invocation",
                tree(
                        "configSource",
                        configSource("entryPoint"),
                        "parameters",
                        parameters.tree(),
                        "environment",
                        Map.of("platform", Platform.host().toString())),
                "metadata",
                tree(
                        "buildInvocationID",
                        facts.ref(),
                        "buildStartedOn",
                        facts.started().toString(),
                        "buildFinishedOn",
                        facts.finished().toString(),
                        "completeness",
                        tree(
                                "parameters",
                                parameters.complete(),
                                "environment",
                                true,
                                "materials",
                                dependencies.complete()),
                        "reproducible",
                        options.reproducible(),
                        "https://mobyproject.org/buildkit@v1#metadata",
                        new Always(metadata())));
    }

    private Map<String, Object> version1() {
        Map<String, Object> metadata =
                tree(
                        "invocationId",
                        facts.ref(),
                        "startedOn",
                        facts.started().toString(),
                        "finishedOn",
                        facts.finished().toString(),
                        "buildkit_metadata",
                        new Always(metadata()),
                        "buildkit_completeness",
                        tree(
                                "request",
                                parameters.complete(),
                                "resolvedDependencies",
                                dependencies.complete()));
        if (options.reproducible()) {
            metadata.put("buildkit_reproducible", true);
        }
        return tree(
                "buildDefinition",
                tree(
                        "buildType",
                        TYPE_1,
                        "resolvedDependencies",
                        dependencies.tree(),
                        "externalParameters",
                        tree("configSource", configSource("path"), "request", parameters.tree()),
                        "internalParameters",
                        Map.of("builderPlatform", Platform.host().toString())),
                "runDetails",
                tree("builder", Map.of("id", options.builderId()), "metadata", metadata));
    }

    /// @param pathName what the Dockerfile's name is called
    private Map<String, Object> configSource(String pathName) {
        Map<String, Object> source = new LinkedHashMap<>();
        String address = parameters.contextAddress();
        if (address != null) {
            source.put("uri", address);
            dependencies.digestOf(address).ifPresent(digest -> source.put("digest", digest));
        }
        source.put(pathName, facts.dockerfile());
        return source;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("vcs", parameters.vcs());
        if (options.max()) {
            String data =
                    Base64.getEncoder()
                            .encodeToString(facts.text().getBytes(StandardCharsets.UTF_8));
            metadata.put(
                    "source",
                    Map.of(
                            "infos",
                            List.of(
                                    tree(
                                            "filename",
                                            facts.dockerfile(),
                                            "language",
                                            "Dockerfile",
                                            "data",
                                            data))));
        }
        return metadata;
    }

    private static Map<String, Object> tree(Object... members) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            tree.put(String.valueOf(members[i]), members[i + 1]);
        }
        return tree;
    }
}
