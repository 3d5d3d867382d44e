package dev.carafe.oci;

import dev.carafe.base.InvalidArgument;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an image runs on (image-spec image-index.md, `platform`).
///
/// @param architecture Go's name: `amd64`, `arm64`
@Json
public record Platform(
        String architecture,
        String os,
        @Json.Property("os.version") @Nullable String osVersion,
        @Json.Property("os.features") @Nullable List<String> osFeatures,
        @Nullable String variant) {
    public Platform {
        architecture = architecture == null ? "" : architecture;
        os = os == null ? "" : os;
    }

    public static Platform of(String os, String architecture) {
        return new Platform(architecture, os, null, null, null);
    }

    /// The platform that this JVM runs on.
    public static Platform host() {
        return of("linux", goArchitecture(System.getProperty("os.arch", "amd64")));
    }

    /// Reads `linux/arm64/v8`, `linux/amd64`.
    ///
    /// @throws InvalidArgument when a part is missing or empty
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 3) {
            throw new InvalidArgument(
                    "\"" + text + "\": cannot parse platform specifier: invalid argument");
        }
        if (parts.length < 2 || List.of(parts).contains("")) {
            throw new InvalidArgument(
                    "\"" + text + "\": unknown operating system or architecture: invalid argument");
        }
        return new Platform(
                goArchitecture(parts[1]),
                parts[0],
                null,
                null,
                parts.length == 3 ? parts[2] : null);
    }

    /// True when an image for `this` is the right one where `wanted` is asked for; a missing
    /// variant fits any.
    public boolean fits(Platform wanted) {
        return os.equals(wanted.os)
                && architecture.equals(wanted.architecture)
                && (wanted.variant == null || variant == null || variant.equals(wanted.variant));
    }

    private static String goArchitecture(String name) {
        return switch (name) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
