package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.Map;

/// A set as Docker writes it whose null is written.
@CustomAdapter(global = false)
public final class EmptySetOrNull extends NullShown<Map<String, Empty>> {
    public EmptySetOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Types.mapOf(Empty.class)));
    }
}
