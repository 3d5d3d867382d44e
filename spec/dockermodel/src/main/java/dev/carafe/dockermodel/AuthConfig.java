package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Who the client is at a registry: body of `POST /auth`, and base64url in the header
/// X-Registry-Auth.
///
/// @param auth base64 of `user:password`, in place of these two
@Json(caseInsensitiveKeys = true)
public record AuthConfig(
        @Json.Property("username") @Nullable String username,
        @Json.Property("password") @Nullable String password,
        @Json.Property("auth") @Nullable String auth,
        @Json.Property("serveraddress") @Nullable String serveraddress,
        @Json.Property("identitytoken") @Nullable String identitytoken,
        @Json.Property("registrytoken") @Nullable String registrytoken) {}
