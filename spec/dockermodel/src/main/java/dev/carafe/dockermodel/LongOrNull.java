package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/// A number whose null is written.
@CustomAdapter(global = false)
public final class LongOrNull extends NullShown<Long> {
    public LongOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Long.class));
    }
}
