package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The header X-Registry-Auth, for an image's registry.
final class Credentials {
    private Credentials() {}

    /// The header line with its end; empty when nothing is known for the image's registry.
    static String header(Session session, String image) throws IOException {
        JsonObject known = new CredentialStore(session.config(), registry(image)).get();
        if (known.isEmpty()) {
            return "";
        }
        return "X-Registry-Auth: "
                + Base64.getUrlEncoder()
                        .encodeToString(Json.write(known).getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    /// The registry of an image's name; empty for Docker Hub.
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host =
                first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return host ? first : "";
    }
}
