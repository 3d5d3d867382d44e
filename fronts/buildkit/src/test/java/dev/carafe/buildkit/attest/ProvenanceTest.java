package dev.carafe.buildkit.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.steps.Material;
import dev.carafe.buildkit.attest.ProvenanceOptions.Version;
import dev.carafe.images.Attachment.Attached;
import dev.carafe.images.Attachment.Part;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final Platform PLATFORM = Platform.of("linux", "amd64");
    private static final BuildFacts FACTS =
            new BuildFacts(
                    "ref1",
                    Instant.EPOCH,
                    Instant.ofEpochSecond(1),
                    Map.of(
                            "build-arg:V", "2",
                            "label:l", "x",
                            "platform", "linux/amd64",
                            "context", "https://u:pw@example.com/r.git#main",
                            "vcs:source", "https://u:pw@example.com/r.git",
                            "force-network-mode", "none"),
                    List.of(
                            new Material.OfImage(ImageReference.parse("busybox"), PLATFORM, DIGEST),
                            new Material.OfRepository(
                                    "https://example.com/r.git#main", "a".repeat(40)),
                            new Material.OfSecret("s", true)),
                    "Dockerfile",
                    "FROM busybox\n");

    private static String predicate(boolean max, Version version) {
        return new Provenance(FACTS, new ProvenanceOptions(max, version, "me", false))
                .attestation()
                .predicate();
    }

    @Test
    void theFullOneHasArgumentsSecretsIdsAndTheDockerfile() {
        assertThat(predicate(true, Version.V02))
                .contains("\"uri\":\"pkg:docker/busybox@latest?platform=linux%2Famd64\"")
                .contains("\"digest\":{\"sha256\":\"" + DIGEST.hex() + "\"}")
                .contains("{\"uri\":\"https://example.com/r.git#main\",\"digest\":{\"sha1\":\"aaaa")
                .contains(
                        "\"args\":{\"build-arg:V\":\"2\",\"force-network-mode\":\"none\",\"label:l\":\"x\"}")
                .contains("\"secrets\":[{\"id\":\"s\",\"optional\":true}]")
                .contains("\"completeness\":{\"parameters\":true,")
                .contains("\"materials\":true}")
                .contains("\"vcs\":{\"source\":\"https://example.com/r.git\"}")
                .contains("\"data\":\"RlJPTSBidXN5Ym94Cg==\"")
                .contains("\"builder\":{\"id\":\"me\"}")
                .doesNotContain("pw");
    }

    @Test
    void theSmallOneHasNeither() {
        assertThat(predicate(false, Version.V02))
                .contains("\"args\":{\"force-network-mode\":\"none\"}")
                .contains("\"completeness\":{\"parameters\":false,")
                .doesNotContain("secrets")
                .doesNotContain("RlJPTS");
    }

    @Test
    void theNewerFormHasTheSameUnderOtherNames() {
        assertThat(predicate(true, Version.V1))
                .startsWith("{\"buildDefinition\":{\"buildType\":\"https://github.com/moby/")
                .contains("\"resolvedDependencies\":[{\"uri\":\"pkg:docker/busybox@latest")
                .contains(
                        "\"configSource\":{\"uri\":\"https://example.com/r.git#main\",\"digest\":{\"sha1\":\"aaaa")
                .contains("\"path\":\"Dockerfile\"")
                .contains("\"invocationId\":\"ref1\"")
                .contains("\"request\":true,\"resolvedDependencies\":true");
    }

    @Test
    void theManifestNamesItsImageAndItsLayersAreStatements() {
        Attestation said =
                new Provenance(FACTS, new ProvenanceOptions(false, Version.V02, "", false))
                        .attestation();
        Attached attached =
                new AttestationManifest(
                                List.of(said),
                                List.of(ImageReference.parse("example.com/x:1")),
                                PLATFORM,
                                false)
                        .to(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 7));
        assertThat(attached.listed().annotations())
                .containsEntry("vnd.docker.reference.digest", DIGEST.toString())
                .containsEntry("vnd.docker.reference.type", "attestation-manifest");
        assertThat(attached.listed().platform()).isEqualTo(Platform.of("unknown", "unknown"));
        Part statement = attached.blobs().getLast();
        assertThat(statement.mediaType()).isEqualTo("application/vnd.in-toto+json");
        assertThat(new String(statement.bytes(), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"predicateType\":\"https://slsa.dev/provenance/v0.2\","
                                + "\"subject\":[{\"name\":\"pkg:docker/example.com/x@1?platform=linux%2Famd64\",\"digest\":{\"sha256\":\""
                                + DIGEST.hex()
                                + "\"}}],\"predicate\":{\"builder\":");
        assertThat(new String(attached.manifest(), StandardCharsets.UTF_8))
                .contains("\"in-toto.io/predicate-type\":\"https://slsa.dev/provenance/v0.2\"")
                .contains(Digest.of(statement.bytes()).toString());
    }

    @Test
    void asAnArtifactTheManifestHasASubject() {
        Attached attached =
                new AttestationManifest(List.of(), List.of(), PLATFORM, true)
                        .to(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 7));
        assertThat(new String(attached.manifest(), StandardCharsets.UTF_8))
                .contains(
                        "\"artifactType\":\"application/vnd.docker.attestation.manifest.v1+json\"")
                .contains("\"application/vnd.oci.empty.v1+json\"")
                .containsPattern("\"subject\":\\{[^}]*" + DIGEST.hex());
    }
}
