package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// One line of `GET /events`. The first three are for clients before API 1.52.
///
/// @param time seconds
@Json(caseInsensitiveKeys = true)
public record EventMessage(
        @Json.Property("status") @Nullable String status,
        @Json.Property("id") @Nullable String id,
        @Json.Property("from") @Nullable String from,
        @Json.Property("Type") String type,
        @Json.Property("Action") String action,
        @Json.Property("Actor") EventActor actor,
        @Json.Property("scope") String scope,
        @Json.Property("time") long time,
        @Json.Property("timeNano") long timeNano) {}
