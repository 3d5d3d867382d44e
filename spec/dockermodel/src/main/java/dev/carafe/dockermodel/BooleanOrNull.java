package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/// A truth value whose null is written.
@CustomAdapter(global = false)
public final class BooleanOrNull extends NullShown<Boolean> {
    public BooleanOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Boolean.class));
    }
}
