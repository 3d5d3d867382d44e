package dev.carafe.registry.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// A token server's answer (distribution, token authentication and its OAuth2 form).
///
/// @param expiresIn seconds; null where it says nothing, which means 60
@Json
public record TokenAnswer(
        @Nullable String token,
        @Json.Property("access_token") @Nullable String accessToken,
        @Json.Property("refresh_token") @Nullable String refreshToken,
        @Json.Property("expires_in") @Nullable Integer expiresIn) {

    /// The token under whichever name; empty when there is none.
    public String bearer() {
        String first = token == null || token.isEmpty() ? accessToken : token;
        return first == null ? "" : first;
    }
}
