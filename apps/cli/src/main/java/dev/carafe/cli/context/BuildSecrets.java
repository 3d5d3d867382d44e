package dev.carafe.cli.context;

import dev.carafe.cli.flags.Csv;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What goes to the daemon before the context: the secrets of `--secret`, which agents of `--ssh`
/// there are, and what `--build-context` names. It is part of the request's body, so that no log of
/// requests has it.
public final class BuildSecrets {
    private static final int MAX_BYTES = 500 * 1024;

    private final UnaryOperator<String> environment;
    private final JsonObject secrets = new JsonObject();
    private final List<String> agents = new ArrayList<>();
    private JsonObject contexts = new JsonObject();

    public BuildSecrets() {
        this(System::getenv);
    }

    BuildSecrets(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /// Reads one value of `--secret`: `id=ID,src=FILE`, `id=ID,env=NAME`, or `id=ID` alone: the
    /// variable of that name, else the file.
    ///
    /// @throws Failure for a value that can't be, or a file that can't be read
    public void add(String value) {
        String id = "";
        String file = "";
        String variable = "";
        String type = "";
        for (String field : Csv.fields(value)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw new Failure("invalid field '" + field + "' must be a key=value pair");
            }
            String of = field.substring(equals + 1);
            switch (field.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "id" -> id = of;
                case "type" -> type = of;
                case "source", "src" -> file = of;
                case "env" -> variable = of;
                default ->
                        throw new Failure(
                                "unexpected key '"
                                        + field.substring(0, equals)
                                        + "' in '"
                                        + field
                                        + "'");
            }
        }
        if (!type.isEmpty() && !type.equals("file") && !type.equals("env")) {
            throw new Failure("unsupported secret type \"" + type + "\"");
        }
        if (type.equals("env") && variable.isEmpty()) {
            variable = file;
            file = "";
        }
        if (id.isEmpty()) {
            throw new Failure(
                    "secret is missing an id: use id=NAME,src=FILE or id=NAME,env=VARIABLE");
        }
        if (file.isEmpty() && variable.isEmpty()) {
            boolean set = !type.equals("file") && environment.apply(id) != null;
            variable = set || type.equals("env") ? id : "";
            file = set || type.equals("env") ? "" : id;
        }
        secrets.put(
                id, Base64.getEncoder().encodeToString(checked(id, content(id, file, variable))));
    }

    private byte[] content(String id, String file, String variable) {
        if (file.isEmpty()) {
            String value = environment.apply(variable);
            return (value == null ? "" : value).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new Failure("failed to read the secret " + id + " from " + file + ": " + why(e));
        }
    }

    private static String why(IOException e) {
        return e instanceof NoSuchFileException
                ? "no such file or directory"
                : String.valueOf(e.getMessage());
    }

    private static byte[] checked(String id, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw new Failure(
                    "invalid secret size "
                            + content.length
                            + " of "
                            + id
                            + ": a secret can have at most "
                            + MAX_BYTES
                            + " bytes");
        }
        return content;
    }

    /// Agents that are forwarded, by id.
    public void agents(Map<String, Path> sockets) {
        agents.addAll(sockets.keySet());
    }

    /// What `--build-context` names.
    public void contexts(BuildContexts all) {
        contexts = all.places();
    }

    /// The bytes; none when there is nothing to tell.
    public byte[] bytes() {
        if (secrets.isEmpty() && agents.isEmpty() && contexts.isEmpty()) {
            return new byte[0];
        }
        return Json.write(
                        new JsonObject()
                                .with("Secrets", secrets)
                                .with("Agents", agents)
                                .with("Contexts", contexts))
                .getBytes(StandardCharsets.UTF_8);
    }
}
