package dev.carafe.cli.session;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonFailure;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// `config.json` of the client, in the format of ~/.docker. Read when first asked for; a missing
/// file is an empty one, one that is no JSON is told of and counts as empty, too.
public final class ConfigFile {
    private final File directory;
    private final boolean chosen;
    private final Output err;
    private @Nullable JsonObject content;
    private boolean unreadable;

    /// @param err is told of a file that is no JSON
    ConfigFile(Globals globals, Output err) {
        this.err = err;
        String flag = globals.text("config");
        String directory = flag != null ? flag : Globals.environment("CONFIG");
        this.chosen = directory != null;
        String home = System.getenv("HOME");
        this.directory =
                new File(
                        directory != null
                                ? directory
                                : (home == null ? System.getProperty("user.home") : home)
                                        + "/.docker");
    }

    public File directory() {
        return directory;
    }

    /// Whether the user named the directory, by flag or environment.
    boolean chosen() {
        return chosen;
    }

    public JsonObject content() {
        JsonObject known = content;
        if (known == null) {
            known = readOrWarn(new File(directory, "config.json"));
            content = known;
        }
        return known;
    }

    private JsonObject readOrWarn(File file) {
        try {
            return read(file);
        } catch (Failure e) {
            unreadable = true;
            err.line("WARNING: " + e.text());
            return new JsonObject();
        }
    }

    /// @throws Failure when the file is there and is not JSON
    static JsonObject read(File file) {
        if (!file.isFile()) {
            return new JsonObject();
        }
        try (FileInputStream in = new FileInputStream(file)) {
            return Json.readObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | JsonFailure e) {
            throw new Failure("Error loading config file: " + file + ": " + e.getMessage());
        }
    }

    /// Writes the content as it is now, for the user's eyes only: it holds credentials.
    ///
    /// @throws Failure when the file could not be read: what it holds would be lost
    public void save() throws IOException {
        if (unreadable) {
            throw new Failure(
                    "will not write "
                            + new File(directory, "config.json")
                            + ": it can't be read, and what it holds would be lost");
        }
        Path folder = directory.toPath();
        Files.createDirectories(folder);
        Path file = folder.resolve("config.json");
        // a link stays one
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path part =
                Files.createTempFile(
                        target.toAbsolutePath().getParent(),
                        ".config.json",
                        null,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(part, Json.write(content(), "\t") + "\n");
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
