package dev.carafe.registry.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /v2/<name>/tags/list`.
@Json
public record TagList(@Nullable String name, @Nullable List<String> tags) {}
