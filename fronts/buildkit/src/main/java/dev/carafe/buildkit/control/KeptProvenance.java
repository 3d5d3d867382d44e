package dev.carafe.buildkit.control;

import dev.carafe.build.Built;
import dev.carafe.buildkit.attest.Attestation;
import dev.carafe.buildkit.attest.BuildFacts;
import dev.carafe.buildkit.attest.Provenance;
import dev.carafe.buildkit.attest.ProvenanceOptions;
import dev.carafe.buildkit.wire.control.BuildResultInfo;
import dev.carafe.buildkit.wire.control.Descriptor;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The provenance of a build that has ended, as its history has it: made when it is asked for, the
/// same each time.
///
/// @param facts of the build
/// @param results what it made
record KeptProvenance(BuildFacts facts, List<Built> results) {
    private static final String TYPE = "application/vnd.in-toto+json";
    private static final String PREDICATE = "in-toto.io/predicate-type";

    KeptProvenance {
        results = List.copyOf(results);
    }

    /// What leads to the provenance of one result.
    BuildResultInfo info(Built built) {
        Attestation said = said(built);
        byte[] bytes = bytes(said);
        return BuildResultInfo.newBuilder()
                .addAttestations(
                        Descriptor.newBuilder()
                                .setMediaType(TYPE)
                                .setDigest(Digest.of(bytes).toString())
                                .setSize(bytes.length)
                                .putAnnotations(PREDICATE, said.type()))
                .build();
    }

    /// The predicate with that digest; empty when it is another build's.
    Optional<byte[]> find(String digest) {
        return results.stream()
                .map(built -> bytes(said(built)))
                .filter(bytes -> Digest.of(bytes).toString().equals(digest))
                .findFirst();
    }

    private Attestation said(Built built) {
        return new Provenance(facts.with(built.materials()), ProvenanceOptions.KEPT).attestation();
    }

    private static byte[] bytes(Attestation said) {
        return said.predicate().getBytes(StandardCharsets.UTF_8);
    }
}
