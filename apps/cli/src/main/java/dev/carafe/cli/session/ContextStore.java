package dev.carafe.cli.session;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The contexts of ~/.docker, in docker's format: `contexts/meta/<sha256 of the name>/meta.json`
/// and `contexts/tls/<sha256>/docker/*.pem`.
///
/// Which one is current is kept apart from docker's choice, in `carafe.json`: whoever points docker
/// at another engine has not pointed us there. In a directory that the user named it is docker's
/// own `currentContext` of `config.json`.
public final class ContextStore {
    private static final String OWN = "carafe.json";
    private static final String CURRENT = "currentContext";
    private final ConfigFile config;

    ContextStore(ConfigFile config) {
        this.config = config;
    }

    /// All of them by name, without the default.
    public List<Context> all() {
        List<Context> all = new ArrayList<>();
        File[] folders = new File(config.directory(), "contexts/meta").listFiles();
        for (File folder : folders == null ? new File[0] : folders) {
            File meta = new File(folder, "meta.json");
            if (meta.isFile()) {
                all.add(read(meta));
            }
        }
        all.sort(Comparator.comparing(Context::name));
        return all;
    }

    public Optional<Context> find(String name) {
        File meta = metaFolder(name).resolve("meta.json").toFile();
        return meta.isFile() ? Optional.of(read(meta)) : Optional.empty();
    }

    /// @throws Failure when there is none
    public Context get(String name) {
        return find(name)
                .orElseThrow(() ->
                        new Failure(
                                "context \""
                                        + name
                                        + "\": context not found: open "
                                        + metaFolder(name).resolve("meta.json")
                                        + ": no such file or directory"));
    }

    private Context read(File meta) {
        JsonObject content = ConfigFile.read(meta);
        String name = content.text("Name");
        JsonObject docker = content.object("Endpoints").object("docker");
        return new Context(
                name,
                content.object("Metadata").text("Description"),
                docker.text("Host"),
                docker.bool("SkipTLSVerify"),
                pems(tlsFolder(name).resolve("docker")));
    }

    private static Map<String, byte[]> pems(Path folder) {
        Map<String, byte[]> pems = new TreeMap<>();
        for (String name : List.of(Context.CA, Context.CERTIFICATE, Context.KEY)) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                try {
                    pems.put(name, Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new Failure("cannot read " + file + ": " + e.getMessage());
                }
            }
        }
        return pems;
    }

    /// The description of one, as `meta.json` holds it.
    public static JsonObject meta(Context context) {
        JsonObject metadata = new JsonObject();
        if (!context.description().isEmpty()) {
            metadata.with("Description", context.description());
        }
        JsonObject docker = new JsonObject();
        if (!context.host().isEmpty()) {
            docker.with("Host", context.host());
        }
        return new JsonObject()
                .with("Name", context.name())
                .with("Metadata", metadata)
                .with(
                        "Endpoints",
                        new JsonObject()
                                .with(
                                        "docker",
                                        docker.with("SkipTLSVerify", context.skipTlsVerify())));
    }

    /// Writes it, in place of one of this name. Keys are for the user's eyes only.
    public void save(Context context) throws IOException {
        deleteTree(tlsFolder(context.name()));
        if (!context.tls().isEmpty()) {
            Path folder = tlsFolder(context.name()).resolve("docker");
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            for (Map.Entry<String, byte[]> pem : context.tls().entrySet()) {
                write(folder.resolve(pem.getKey()), pem.getValue());
            }
        }
        Path folder = metaFolder(context.name());
        Files.createDirectories(folder);
        write(
                folder.resolve("meta.json"),
                Json.write(meta(context)).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, "." + file.getFileName(), null);
        try {
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Removes it, if there.
    public void remove(String name) throws IOException {
        deleteTree(metaFolder(name));
        deleteTree(tlsFolder(name));
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder, new FileVisitOption[0])) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    public Path metaFolder(String name) {
        return config.directory().toPath().resolve("contexts/meta").resolve(sha256(name));
    }

    public Path tlsFolder(String name) {
        return config.directory().toPath().resolve("contexts/tls").resolve(sha256(name));
    }

    /// The name that {@link #choose} chose; null for the default.
    public @Nullable String chosen() {
        String name =
                config.chosen()
                        ? config.content().text(CURRENT)
                        : ConfigFile.read(new File(config.directory(), OWN)).text(CURRENT);
        return name.isEmpty() || name.equals(Context.DEFAULT) ? null : name;
    }

    /// Makes it the current one of all commands to come.
    ///
    /// @param name null for the default
    public void choose(@Nullable String name) throws IOException {
        if (config.chosen()) {
            config.content().remove(CURRENT);
            if (name != null) {
                config.content().with(CURRENT, name);
            }
            config.save();
            return;
        }
        Path own = config.directory().toPath().resolve(OWN);
        if (name == null) {
            Files.deleteIfExists(own);
            return;
        }
        Files.createDirectories(config.directory().toPath());
        write(
                own,
                Json.write(new JsonObject().with(CURRENT, name)).getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
