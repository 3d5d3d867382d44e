package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.List;

/// The five capability sets, as names like `CAP_CHOWN` (runtime-spec config.md#linux-process).
@Json
public record Capabilities(
        List<String> bounding,
        List<String> effective,
        List<String> inheritable,
        List<String> permitted,
        List<String> ambient) {
    public Capabilities {
        bounding = Lists.copy(bounding);
        effective = Lists.copy(effective);
        inheritable = Lists.copy(inheritable);
        permitted = Lists.copy(permitted);
        ambient = Lists.copy(ambient);
    }

    /// Docker's way: the same in the bounding, effective and permitted sets, none inheritable, none
    /// ambient.
    public static Capabilities of(List<String> names) {
        return new Capabilities(names, names, List.of(), names, List.of());
    }
}
