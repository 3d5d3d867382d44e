package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockermodel.DockerJson;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What our own client sends before the context in the body of `POST /build`, as many bytes as its
/// header {@link #HEADER} says: a JSON object with secrets (`{"Secrets": {id: base64}}`), the ids
/// of ssh agents (`"Agents": [id]`) and what `--build-context` names (`"Contexts": {name: place}`).
/// So secrets are in no query and no header, which get logged. They stay in memory. For each place
/// that is {@link #FOLDER} a tar follows, see {@link FramedInput}, in the order of the names.
///
/// @param agents ids
/// @param contexts places by names, sorted by these
record Preamble(Map<String, byte[]> secrets, Set<String> agents, Map<String, String> contexts) {
    static final String FOLDER = "folder";
    static final String HEADER = "X-Carafe-Preamble";
    private static final int MAX_BYTES = 8 << 20;

    /// As BuildKit has it.
    private static final int MAX_SECRET = 500 * 1024;

    /// Takes it from the body's beginning; nothing when the header is not there.
    ///
    /// @throws InvalidArgument for one that is too long or no such JSON
    static Preamble read(Exchange x, DockerJson json) throws IOException {
        String header = x.header(HEADER);
        if (header == null) {
            return new Preamble(Map.of(), Set.of(), Map.of());
        }
        if (!header.matches("\\d{1,7}") || Integer.parseInt(header) > MAX_BYTES) {
            throw new InvalidArgument(
                    "the secrets of a build can't take more than " + MAX_BYTES + " bytes");
        }
        byte[] bytes = x.body().readNBytes(Integer.parseInt(header));
        if (!(json.readAny(bytes) instanceof Map<?, ?> given)) {
            throw new InvalidArgument("what comes before the context is no JSON object");
        }
        return new Preamble(
                secrets(given.get("Secrets")),
                ids(given.get("Agents")),
                places(given.get("Contexts")));
    }

    private static Map<String, byte[]> secrets(@Nullable Object given) {
        Map<String, byte[]> secrets = new HashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((id, text) -> secrets.put(String.valueOf(id), bytes(String.valueOf(text))));
        }
        return secrets;
    }

    private static Map<String, String> places(@Nullable Object given) {
        Map<String, String> places = new TreeMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, place) -> places.put(String.valueOf(name), String.valueOf(place)));
        }
        return places;
    }

    private static byte[] bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length > MAX_SECRET) {
                throw new InvalidArgument("a secret can't be longer than " + MAX_SECRET + " bytes");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument("a secret is not base64");
        }
    }

    private static Set<String> ids(@Nullable Object given) {
        Set<String> ids = new HashSet<>();
        if (given instanceof Iterable<?> list) {
            list.forEach(id -> ids.add(String.valueOf(id)));
        }
        return ids;
    }
}
