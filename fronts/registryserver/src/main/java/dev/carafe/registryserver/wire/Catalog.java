package dev.carafe.registryserver.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `GET /v2/_catalog`, which is docker's, not the specification's.
@Json
public record Catalog(List<String> repositories) {}
