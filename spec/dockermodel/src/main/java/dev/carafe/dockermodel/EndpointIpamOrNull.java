package dev.carafe.dockermodel;

import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/// An endpoint's addresses whose null is written.
@CustomAdapter(global = false)
public final class EndpointIpamOrNull extends NullShown<EndpointIpam> {
    public EndpointIpamOrNull(Jsonb jsonb) {
        super(jsonb.adapter(EndpointIpam.class));
    }
}
