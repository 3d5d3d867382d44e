package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/// A number whose null is written.
@CustomAdapter(global = false)
public final class IntOrNull extends NullShown<Integer> {
    public IntOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Integer.class));
    }
}
