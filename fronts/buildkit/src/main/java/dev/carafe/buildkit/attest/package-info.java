/// What is said of a build beside its image: SLSA provenance in in-toto statements, as BuildKit
/// writes them (its docs/attestations). Start with {@link dev.carafe.buildkit.attest.Provenance}.
@NullMarked
package dev.carafe.buildkit.attest;

import org.jspecify.annotations.NullMarked;
