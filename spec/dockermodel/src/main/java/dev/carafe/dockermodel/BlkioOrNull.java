package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.List;

/// A list of counters whose null is written.
@CustomAdapter(global = false)
public final class BlkioOrNull extends NullShown<List<StatsBlkioEntry>> {
    public BlkioOrNull(Jsonb jsonb) {
        super(jsonb.adapter(Types.listOf(StatsBlkioEntry.class)));
    }
}
