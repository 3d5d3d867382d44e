package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.Map;

/// A map of strings whose null is written.
@CustomAdapter(global = false)
public final class StringMapOrNull extends NullShown<Map<String, String>> {
    public StringMapOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Types.mapOf(String.class)));
    }
}
