package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Why a container could not be waited for; part of {@link WaitResponse}.
@Json(caseInsensitiveKeys = true)
public record WaitError(@Json.Property("Message") @Nullable String message) {}
