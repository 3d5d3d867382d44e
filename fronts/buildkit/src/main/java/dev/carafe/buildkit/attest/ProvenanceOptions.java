package dev.carafe.buildkit.attest;

import dev.carafe.base.InvalidArgument;
import java.util.Map;

/// How much provenance tells, and in which form (BuildKit's docs/attestations/slsa-provenance.md).
///
/// @param max also arguments, labels, secrets' ids and the Dockerfile; else only what nobody minds
/// @param version of the predicate
/// @param builderId who built, as the client calls it; may be empty
/// @param reproducible what the client says of it
public record ProvenanceOptions(
        boolean max, Version version, String builderId, boolean reproducible) {
    /// Of SLSA's provenance.
    public enum Version {
        V02("https://slsa.dev/provenance/v0.2"),
        V1("https://slsa.dev/provenance/v1");

        private final String type;

        Version(String type) {
            this.type = type;
        }

        /// The predicate's type.
        public String type() {
            return type;
        }
    }

    /// The provenance that a build's history keeps.
    public static final ProvenanceOptions KEPT =
            new ProvenanceOptions(true, Version.V02, "", false);

    static ProvenanceOptions of(Map<String, String> attrs) {
        return new ProvenanceOptions(
                isMax(attrs.getOrDefault("mode", "max")),
                version(attrs.getOrDefault("version", "v0.2")),
                attrs.getOrDefault("builder-id", ""),
                reproducible(attrs.getOrDefault("reproducible", "false")));
    }

    private static boolean isMax(String mode) {
        return switch (mode) {
            case "max", "full" -> true;
            case "min" -> false;
            default -> throw new InvalidArgument("invalid mode \"" + mode + "\"");
        };
    }

    private static Version version(String text) {
        return switch (text) {
            case "v0.2" -> Version.V02;
            case "v1" -> Version.V1;
            default -> throw new InvalidArgument("invalid provenance SLSA version: " + text);
        };
    }

    private static boolean reproducible(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new InvalidArgument("failed to parse reproducible flag \"" + text + "\"");
        };
    }
}
