package dev.carafe.cli.http;

import org.jspecify.annotations.Nullable;

/// How to speak TLS. Paths are of PEM files.
///
/// @param authority null = the system's authorities
/// @param certificate of the client; null = none
/// @param key of the client; null = none
/// @param verify whether the server's certificate must be good
public record TlsOptions(
        @Nullable String authority,
        @Nullable String certificate,
        @Nullable String key,
        boolean verify) {}
