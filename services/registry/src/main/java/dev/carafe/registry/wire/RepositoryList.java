package dev.carafe.registry.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /v2/_catalog`.
@Json
public record RepositoryList(@Nullable List<String> repositories) {}
