package dev.carafe.cli.session;

import dev.carafe.cli.flags.Csv;
import java.util.Map;
import java.util.TreeMap;

/// The headers of DOCKER_CUSTOM_HEADERS: `name=value,name=value`, by the rules of CSV.
final class CustomHeaders {
    private CustomHeaders() {}

    /// @throws Failure when a pair has no name or no equals sign
    static Map<String, String> of(String text) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : Csv.fields(text)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (name.isEmpty()) {
                throw new Failure(
                        "failed to set custom headers from DOCKER_CUSTOM_HEADERS environment variable:"
                                + " must be name=value pairs, not \""
                                + pair
                                + "\"");
            }
            headers.put(name, pair.substring(equals + 1));
        }
        return headers;
    }
}
