package dev.carafe.buildkit.order;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A build that a client asks for by one request of Docker's API (`POST /build?version=2`).
///
/// @param ref its id
/// @param session by which the client serves us; empty when it does not
/// @param attrs for the front end, by BuildKit's names
/// @param outputs what is made of the result
/// @param body the context as a tar, maybe compressed; null when it is elsewhere
public record BuildOrder(
        String ref,
        String session,
        Map<String, String> attrs,
        List<Output> outputs,
        @Nullable InputStream body) {
    public BuildOrder {
        attrs = Map.copyOf(attrs);
        outputs = List.copyOf(outputs);
    }

    /// @param type of BuildKit's exporter: `image`, `local`
    public record Output(String type, Map<String, String> attrs) {
        public Output {
            attrs = Map.copyOf(attrs);
        }
    }
}
