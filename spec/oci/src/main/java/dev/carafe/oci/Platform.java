package dev.carafe.oci;

import dev.carafe.base.InvalidArgument;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    /// A system with its version in brackets.
    private static final Pattern SYSTEM =
            Pattern.compile("^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)\\))?$");

    private static final Pattern COMPONENT = Pattern.compile("^[A-Za-z0-9_.-]+$");

    private static final Set<String> SYSTEMS =
            Set.of(
                    "aix",
                    "android",
                    "darwin",
                    "dragonfly",
                    "freebsd",
                    "hurd",
                    "illumos",
                    "ios",
                    "js",
                    "linux",
                    "nacl",
                    "netbsd",
                    "openbsd",
                    "plan9",
                    "solaris",
                    "windows",
                    "zos");
    private static final Set<String> ALONE =
            Set.of(
                    "386",
                    "amd64",
                    "amd64p32",
                    "arm",
                    "arm64",
                    "arm64be",
                    "armbe",
                    "loong64",
                    "mips",
                    "mips64",
                    "mips64le",
                    "mips64p32",
                    "mips64p32le",
                    "mipsle",
                    "ppc",
                    "ppc64",
                    "ppc64le",
                    "riscv",
                    "riscv64",
                    "s390",
                    "s390x",
                    "sparc",
                    "sparc64",
                    "wasm");

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

    /// Reads `linux/arm64/v8`, `linux/amd64`, `windows(10.0.17763)/amd64`; an architecture or a
    /// system alone takes the other from this machine's.
    ///
    /// @throws InvalidArgument when a part is not known or empty
    public static Platform parse(String text) {
        String[] parts = text.split("/", 4);
        Matcher system = SYSTEM.matcher(parts[0]);
        if (!system.matches()) {
            throw wrong(parts[0], "OS component", text, "OSAndVersion", SYSTEM);
        }
        for (int i = 1; i < parts.length; i++) {
            if (!COMPONENT.matcher(parts[i]).matches()) {
                throw wrong(parts[i], "component", text, "platform", COMPONENT);
            }
        }
        if (parts.length > 3) {
            throw new InvalidArgument(
                    "\"" + text + "\": cannot parse platform specifier: invalid argument");
        }
        String os = goSystem(system.group(1));
        if (parts.length > 1) {
            return of(os, system.group(2), parts[1], parts.length == 3 ? parts[2] : null);
        }
        if (SYSTEMS.contains(os)) {
            return new Platform(host().architecture(), os, system.group(2), null, null);
        }
        if (ALONE.contains(goArchitecture(text))) {
            return of("linux", null, text, null);
        }
        throw new InvalidArgument(
                "\"" + text + "\": unknown operating system or architecture: invalid argument");
    }

    private static Platform of(
            String os, @Nullable String version, String architecture, @Nullable String variant) {
        return new Platform(
                goArchitecture(architecture), os, version, null, variant(architecture, variant));
    }

    private static InvalidArgument wrong(
            String part, String kind, String text, String specifier, Pattern pattern) {
        return new InvalidArgument(
                "\"%s\" is an invalid %s of \"%s\": %s specifier component must match \"%s\": invalid argument"
                        .formatted(
                                part,
                                kind,
                                text,
                                specifier,
                                pattern.pattern().replace("\\", "\\\\")));
    }

    /// As containerd completes it: arm alone is the seventh.
    private static @Nullable String variant(String architecture, @Nullable String text) {
        String given = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "arm" -> given.isEmpty() ? "v7" : given.matches("[5-8]") ? "v" + given : given;
            case "armhf" -> "v7";
            case "armel" -> "v6";
            case "arm64", "aarch64" ->
                    given.matches("8|v8.0")
                            ? "v8"
                            : given.matches("9|v?9.0") ? "v9" : orNull(given);
            case "amd64", "x86_64", "x86-64" -> given.equals("v1") ? null : orNull(given);
            case "i386" -> null;
            default -> orNull(given);
        };
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// True when an image for `this` is the right one where `wanted` is asked for; a missing
    /// variant fits any.
    public boolean fits(Platform wanted) {
        return os.equals(wanted.os)
                && architecture.equals(wanted.architecture)
                && (wanted.variant == null || variant == null || variant.equals(wanted.variant));
    }

    private static String goArchitecture(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "i386" -> "386";
            case "armhf", "armel" -> "arm";
            default -> lower;
        };
    }

    private static String goSystem(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("macos") ? "darwin" : lower;
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
