package dev.carafe.dockerapi.http;

import java.util.Map;

/// An exchange as a server hands it to the {@link Front}: its path is not yet looked at.
public interface ServerExchange extends Exchange {
    /// As on the wire, without the query.
    String rawPath();

    /// Gives the exchange its version, path and parameters.
    void bind(Router.Target target, Map<String, String> parameters);
}
