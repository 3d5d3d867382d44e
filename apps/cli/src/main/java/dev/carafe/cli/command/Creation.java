package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.request.CreateRequest;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a container for `run` and `create`: flags to request, a pull where it is needed, the id
/// file.
final class Creation {
    private final Session session;
    private final Parsed flags;

    Creation(Session session, Parsed flags) {
        this.session = session;
        this.flags = flags;
    }

    /// The body, with all that is wrong with the flags told.
    JsonObject request() {
        String pull = flags.text("pull");
        if (!pull.equals("always")
                && !pull.equals("missing")
                && !pull.equals("never")
                && !pull.isEmpty()) {
            throw new Failure(
                    125,
                    "invalid pull option: '"
                            + pull
                            + "': must be one of \"always\", \"missing\" or \"never\"");
        }
        return CreateRequest.of(flags, Proxies.of(session, flags.all("env")));
    }

    /// @return the new container's id
    String create(JsonObject body) throws IOException {
        String idFile = flags.text("cidfile");
        if (!idFile.isEmpty() && new File(idFile).exists()) {
            throw new Failure(
                    125,
                    "container ID file found, make sure the other container isn't running or delete "
                            + idFile);
        }
        checkImage(body.text("Image"));
        String platform = platform();
        Query query =
                Query.of("/containers/create")
                        .withIfAny("name", flags.text("name"))
                        .withIfAny("platform", platform);
        JsonObject created = createOrPull(query.toString(), body, platform);
        for (String warning : created.texts("Warnings")) {
            session.err().line("WARNING: " + warning);
        }
        String id = created.text("Id");
        if (!idFile.isEmpty()) {
            try (FileWriter file = new FileWriter(idFile, StandardCharsets.UTF_8)) {
                file.write(id);
            }
        }
        return id;
    }

    private JsonObject createOrPull(String target, JsonObject body, String platform)
            throws IOException {
        String pull = flags.text("pull");
        String image = body.text("Image");
        if (pull.equals("always")) {
            pull(image, platform);
        }
        Set<String> pulled = new HashSet<>();
        while (true) {
            try {
                return session.api().post(target, body);
            } catch (ApiFailure e) {
                String missing = missingImage(e, image);
                if (missing == null || !pull.equals("missing") || !pulled.add(missing)) {
                    throw e;
                }
                session.err().line("Unable to find image '" + missing + "' locally").flush();
                pull(missing.equals(Images.familiar(image)) ? image : missing, platform);
            }
        }
    }

    /// The container's own, also where it is there for another platform, or one that it mounts;
    /// null when something else failed.
    private static @Nullable String missingImage(ApiFailure failure, String own) {
        String message = failure.serverMessage();
        String start = "No such image: ";
        if (failure.status() != 404) {
            return null;
        }
        if (message.contains("does not match the specified platform")) {
            return Images.familiar(own);
        }
        return message.startsWith(start) ? message.substring(start.length()) : null;
    }

    /// An id may be one without being a name.
    private static void checkImage(String image) {
        String id = image.startsWith("sha256:") ? image.substring("sha256:".length()) : image;
        if (id.isEmpty() || !id.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            ImageName.check(image);
        }
    }

    private void pull(String image, String platform) throws IOException {
        PullCommand.pull(session, image, platform, flags.bool("quiet"), session.err());
    }

    private String platform() {
        return Platforms.orDefault(flags.text("platform"));
    }

    /// The keys that detach: the flag's, else the configuration's; null = the server's default.
    static @Nullable String detachKeys(Session session, Parsed flags) {
        String keys = flags.text("detach-keys");
        if (keys.isEmpty()) {
            keys = session.config().content().text("detachKeys");
        }
        return keys.isEmpty() ? null : keys;
    }
}
