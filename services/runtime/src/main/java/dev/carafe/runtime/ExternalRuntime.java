package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A program that is an OCI runtime (crun, runc, runsc, kata): it makes containers of bundles by
/// the command line that such programs share.
///
/// @param name as containers ask for it
/// @param path a file, or a name to be looked up in PATH
/// @param arguments given before every verb
/// @param root where it keeps its state; does not survive a reboot
public record ExternalRuntime(String name, String path, List<String> arguments, Path root) {
    private static final String DEFAULT_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public ExternalRuntime {
        arguments = List.copyOf(arguments);
        for (String each : arguments) {
            if (each.indexOf('\n') >= 0 || each.indexOf('\0') >= 0) {
                throw new InvalidArgument(
                        "runtime " + name + ": an argument has a line break: " + each);
            }
        }
    }

    /// The whole command line.
    ///
    /// @param log where the runtime writes what went wrong, as JSON
    /// @param verb with its options
    /// @throws StartFailed there is no such program
    List<String> command(Path log, List<String> verb) {
        List<String> all = new ArrayList<>();
        all.add(program());
        all.addAll(arguments);
        all.addAll(List.of("--root", root.toString(), "--log", log.toString()));
        all.addAll(List.of("--log-format", "json"));
        all.addAll(verb);
        return all;
    }

    /// All that a runtime gets of this process's environment.
    static List<String> environment() {
        return List.of("PATH=" + searched());
    }

    private String program() {
        if (path.indexOf('/') >= 0) {
            return path;
        }
        Optional<Path> found =
                Arrays.stream(searched().split(":"))
                        .filter(folder -> folder.startsWith("/"))
                        .map(folder -> Path.of(folder, path))
                        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                        .findFirst();
        return found.orElseThrow(() ->
                        new StartFailed(
                                "find the runtime " + name,
                                Errno.ENOENT,
                                "error while looking up the specified runtime path: exec: \""
                                        + path
                                        + "\": executable file not found in $PATH"))
                .toString();
    }

    private static String searched() {
        String own = System.getenv("PATH");
        return own == null || own.isEmpty() ? DEFAULT_PATH : own;
    }
}
