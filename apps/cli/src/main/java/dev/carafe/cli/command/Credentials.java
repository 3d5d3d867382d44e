package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Registry credentials of the client's configuration (`auths`), for the header X-Registry-Auth.
final class Credentials {
    private static final String HUB = "https://index.docker.io/v1/";

    private Credentials() {}

    /// The header line with its end; empty when nothing is known for the image's registry.
    static String header(Session session, String image) {
        JsonObject auths = session.config().content().object("auths");
        String registry = registry(image);
        JsonObject auth = auths.object(registry);
        if (auth.isEmpty()) {
            return "";
        }
        String decoded =
                new String(Base64.getDecoder().decode(auth.text("auth")), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        JsonObject sent =
                new JsonObject()
                        .with(
                                "username",
                                colon < 0 ? auth.text("username") : decoded.substring(0, colon))
                        .with(
                                "password",
                                colon < 0 ? auth.text("password") : decoded.substring(colon + 1))
                        .with("serveraddress", registry);
        if (!auth.text("identitytoken").isEmpty()) {
            sent.put("identitytoken", auth.text("identitytoken"));
        }
        return "X-Registry-Auth: "
                + Base64.getUrlEncoder()
                        .encodeToString(Json.write(sent).getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    /// The registry's key in the configuration.
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host =
                first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return !host || first.equals("docker.io") || first.equals("index.docker.io") ? HUB : first;
    }
}
