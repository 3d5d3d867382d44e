package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonFailure;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.ConfigFile;
import dev.carafe.cli.session.Failure;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where one registry's credentials are kept: in a helper program (`credHelpers`, `credsStore`; the
/// protocol of docker-credential-helpers), else in the client's configuration.
final class CredentialStore {
    private static final String HUB = "https://index.docker.io/v1/";

    /// A helper's user name for what is an identity token.
    private static final String TOKEN = "<token>";

    private final ConfigFile config;
    private final String registry;

    /// @param server as users write it; empty for Docker Hub
    CredentialStore(ConfigFile config, String server) {
        this.config = config;
        this.registry = key(server);
    }

    private static String key(String server) {
        String host = server.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        boolean hub =
                host.isEmpty()
                        || host.equals("docker.io")
                        || host.equals("index.docker.io")
                        || host.equals("registry-1.docker.io");
        return hub ? HUB : host;
    }

    /// The registry's key in the configuration, and its address for the daemon.
    String registry() {
        return registry;
    }

    /// As the API takes them; empty when nothing is known.
    JsonObject get() throws IOException {
        String helper = helper();
        JsonObject known = helper.isEmpty() ? fromFile() : fromHelper(helper);
        return known.isEmpty() ? known : known.with("serveraddress", registry);
    }

    private JsonObject fromFile() {
        JsonObject auth = config.content().object("auths").object(registry);
        String user = auth.text("username");
        String password = auth.text("password");
        if (!auth.text("auth").isEmpty()) {
            String pair;
            try {
                byte[] decoded = Base64.getDecoder().decode(auth.text("auth"));
                pair = new String(decoded, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        "the credentials of " + registry + " in config.json are unreadable");
            }
            int colon = pair.indexOf(':');
            user = colon < 0 ? pair : pair.substring(0, colon);
            password = colon < 0 ? "" : pair.substring(colon + 1);
        }
        return known(user, password, auth.text("identitytoken"));
    }

    private static JsonObject known(String user, String password, String token) {
        if (user.isEmpty() && token.isEmpty()) {
            return new JsonObject();
        }
        JsonObject found = new JsonObject().with("username", user).with("password", password);
        return token.isEmpty() ? found : found.with("identitytoken", token);
    }

    private JsonObject fromHelper(String helper) throws IOException {
        Answer answer = ask(helper, "get", registry);
        if (answer.code != 0) {
            if (answer.text.contains("credentials not found")) {
                return new JsonObject();
            }
            throw new Failure("error getting credentials - err: " + answer.text);
        }
        try {
            JsonObject told = Json.readObject(answer.text);
            String user = told.text("Username");
            return user.equals(TOKEN)
                    ? known("", "", told.text("Secret"))
                    : known(user, told.text("Secret"), "");
        } catch (JsonFailure e) {
            throw new Failure("error getting credentials - err: " + e.getMessage());
        }
    }

    /// @return the file where they can be read; empty when a helper keeps them
    String put(JsonObject login) throws IOException {
        String helper = helper();
        String token = login.text("identitytoken");
        if (!helper.isEmpty()) {
            JsonObject told =
                    new JsonObject()
                            .with("ServerURL", registry)
                            .with("Username", token.isEmpty() ? login.text("username") : TOKEN)
                            .with("Secret", token.isEmpty() ? login.text("password") : token);
            refuse("storing", ask(helper, "store", Json.write(told)));
            return "";
        }
        String pair = login.text("username") + ":" + login.text("password");
        JsonObject auth =
                new JsonObject()
                        .with(
                                "auth",
                                Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        if (!token.isEmpty()) {
            auth.put("identitytoken", token);
        }
        JsonObject auths = config.content().object("auths");
        auths.put(registry, auth);
        config.content().put("auths", auths);
        config.save();
        return new File(config.directory(), "config.json").toString();
    }

    void remove() throws IOException {
        String helper = helper();
        if (!helper.isEmpty()) {
            refuse("erasing", ask(helper, "erase", registry));
            return;
        }
        JsonObject auths = config.content().object("auths");
        auths.remove(registry);
        config.content().put("auths", auths);
        config.save();
    }

    private String helper() {
        String own = config.content().object("credHelpers").text(registry);
        return own.isEmpty() ? config.content().text("credsStore") : own;
    }

    private static void refuse(String doing, Answer answer) {
        if (answer.code != 0) {
            throw new Failure("error " + doing + " credentials - err: " + answer.text);
        }
    }

    private record Answer(int code, String text) {}

    private static Answer ask(String helper, String verb, String input) throws IOException {
        if (helper.indexOf('/') >= 0) {
            throw new Failure("no name of a credential helper: " + helper);
        }
        Process process;
        try {
            process =
                    new ProcessBuilder("docker-credential-" + helper, verb)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw new Failure(
                    "error getting credentials - err: exec: \"docker-credential-"
                            + helper
                            + "\": executable file not found in $PATH");
        }
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return new Answer(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
