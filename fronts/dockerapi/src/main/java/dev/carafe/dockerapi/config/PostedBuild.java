package dev.carafe.dockerapi.config;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A build by BuildKit that a client asks for in one request.
///
/// @param id of the build
/// @param session by which the client serves us; empty when it does not
/// @param attrs for the front end, by BuildKit's names
/// @param outputs types and options of what is made of the result
/// @param body the context as a tar; null when it is elsewhere
public record PostedBuild(
        String id,
        String session,
        Map<String, String> attrs,
        List<Output> outputs,
        @Nullable InputStream body) {
    public PostedBuild {
        attrs = Map.copyOf(attrs);
        outputs = List.copyOf(outputs);
    }

    /// @param type of BuildKit's exporter
    public record Output(String type, Map<String, String> attrs) {
        public Output {
            attrs = Map.copyOf(attrs);
        }
    }
}
