package dev.carafe.cli.context;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.cli.session.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `build` sends: the context, and where the Dockerfile is in it.
///
/// @param dockerfile where it is in the context
/// @param shown what messages call it
/// @param lines of the Dockerfile; none where it is not at hand
/// @param remote the daemon fetches the context from here; empty when it is sent
/// @param folder what is sent; null when it is no folder's
/// @param stream a tar that is sent where there is no folder
public record BuildSource(
        String remote,
        String dockerfile,
        String shown,
        @Nullable ContextFolder folder,
        InputStream stream,
        List<String> lines) {
    private static final String DEFAULT = "Dockerfile";
    private static final String STDIN_NAME = ".dockerfile.stdin";
    private static final int BLOCK = 512;

    /// @param context folder, URL, or `-`
    /// @param file value of `--file`, empty for the default; `-` for standard input
    public static BuildSource of(String context, String file, InputStream stdin)
            throws IOException {
        if (context.equals("-")) {
            if (file.equals("-")) {
                throw new Failure(
                        "invalid argument: can't use stdin for both build context and dockerfile");
            }
            return ofStdin(file, stdin);
        }
        if (isRemote(context)) {
            return elsewhere(context, file, InputStream.nullInputStream());
        }
        return ofFolder(Path.of(context), file, stdin);
    }

    /// With a Dockerfile that is not at hand.
    private static BuildSource elsewhere(String remote, String file, InputStream body) {
        String name = file.isEmpty() ? DEFAULT : file;
        return new BuildSource(remote, name, name, null, body, List.of());
    }

    /// All of the context as a tar.
    ///
    /// @throws IOException when the folder can't be walked
    public InputStream body() throws IOException {
        return folder == null ? stream : folder.tar();
    }

    /// Whether the daemon fetches what is there.
    static boolean isRemote(String place) {
        return place.matches("(?i)(https?|git|ssh)://.*|git@.*|github\\.com/.*");
    }

    /// A tar, or a Dockerfile alone.
    private static BuildSource ofStdin(String file, InputStream stdin) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stdin);
        in.mark(2 * BLOCK);
        byte[] start = in.readNBytes(BLOCK);
        in.reset();
        if (isArchive(start)) {
            return elsewhere("", file, in);
        }
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Path empty = Files.createTempDirectory("carafe-build");
        try {
            InputStream tar =
                    new ContextFolder(empty, IgnoreRules.NONE, List.of(), Map.of(DEFAULT, text))
                            .tar();
            return new BuildSource(
                    "",
                    DEFAULT,
                    DEFAULT,
                    null,
                    new ByteArrayInputStream(tar.readAllBytes()),
                    text.lines().toList());
        } finally {
            Files.delete(empty);
        }
    }

    private static boolean isArchive(byte[] start) {
        boolean tar =
                start.length == BLOCK
                        && new String(start, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
        int magic = start.length < 4 ? 0 : (start[0] & 0xff) << 8 | start[1] & 0xff;
        return tar || magic == 0x1f8b || magic == 0x425a || magic == 0xfd37 || magic == 0x28b5;
    }

    private static BuildSource ofFolder(Path folder, String file, InputStream stdin)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Failure("unable to prepare context: path \"" + folder + "\" not found");
        }
        Path root = folder.toRealPath();
        if (file.equals("-")) {
            String text = new String(stdin.readAllBytes(), StandardCharsets.UTF_8);
            return tar(root, DEFAULT, rules(root, ".dockerignore"), text);
        }
        Path dockerfile = file.isEmpty() ? defaultIn(root) : Path.of(file).toAbsolutePath();
        if (!Files.exists(dockerfile)) {
            throw new Failure(
                    "unable to prepare context: unable to evaluate symlinks in Dockerfile path:"
                            + " lstat "
                            + dockerfile
                            + ": no such file or directory");
        }
        Path own = Path.of(dockerfile + ".dockerignore");
        IgnoreRules rules = Files.exists(own) ? rules(own) : rules(root, ".dockerignore");
        Path real = dockerfile.toRealPath();
        if (!real.startsWith(root)) {
            return tar(root, dockerfile.getFileName().toString(), rules, Files.readString(real));
        }
        String name = root.relativize(real).toString();
        return new BuildSource(
                "",
                name,
                name,
                new ContextFolder(root, rules, List.of(name, ".dockerignore"), Map.of()),
                InputStream.nullInputStream(),
                Files.readString(real).lines().toList());
    }

    private static Path defaultIn(Path root) {
        Path lower = root.resolve("dockerfile");
        Path usual = root.resolve(DEFAULT);
        return !Files.exists(usual) && Files.exists(lower) ? lower : usual;
    }

    /// With a Dockerfile that is none of the folder's.
    private static BuildSource tar(Path root, String shown, IgnoreRules rules, String text) {
        return new BuildSource(
                "",
                STDIN_NAME,
                shown,
                new ContextFolder(root, rules, List.of(".dockerignore"), Map.of(STDIN_NAME, text)),
                InputStream.nullInputStream(),
                text.lines().toList());
    }

    private static IgnoreRules rules(Path root, String name) throws IOException {
        return rules(root.resolve(name));
    }

    private static IgnoreRules rules(Path file) throws IOException {
        if (!Files.exists(file)) {
            return IgnoreRules.NONE;
        }
        try {
            return IgnoreRules.parse(Files.readString(file));
        } catch (InvalidArgument e) {
            throw new Failure("error checking context: " + e.text());
        }
    }
}
