package dev.carafe.registryserver.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `GET /v2/<name>/tags/list`.
@Json
public record TagList(String name, List<String> tags) {}
