package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.List;

/// A list of strings whose null is written.
@CustomAdapter(global = false)
public final class StringsOrNull extends NullShown<List<String>> {
    public StringsOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Types.listOf(String.class)));
    }
}
