package dev.carafe.runtime;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.oci.runtime.Spec;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The command line that runtimes share (runtime-spec runtime.md#operations, and runc's options):
/// `create`, `start`, `state`, `kill`, `delete`, `run`, `exec`, `pause`, `resume`, `list`,
/// `features` on bundles. Containers made by it have no monitor: the caller is their parent.
public final class OciCommand {
    private static final String USAGE =
            """
            Usage: carafe oci [OPTIONS] COMMAND

            An OCI runtime: runs bundles (a directory with config.json and a root file system).

            Commands:
              create ID                make a container; its program waits
              start ID                 let the program run
              run ID                   create, start, wait and delete
              exec ID COMMAND [ARG..]  start one more process in it
              state ID                 print its state as JSON
              kill ID [SIGNAL]         send a signal, SIGTERM if none is named
              pause ID, resume ID      stop and continue all of its processes
              delete ID                remove a stopped one; --force kills it first
              list                     print all containers
              features                 print what this runtime can do, as JSON

            Options:
              --root DIR               where state is kept (/run/carafe/oci)
              --log FILE               write errors there as well
              --log-format text|json   how
            Options of create and run:
              --bundle DIR, -b         the bundle (the working directory)
              --pid-file FILE          write the first process's pid there
              --console-socket PATH    send the terminal's master there
              --detach, -d             run: do not wait
            Options of exec:
              --process FILE, -p       the process as JSON
              --tty, -t  --cwd DIR  --env K=V, -e  --user UID[:GID], -u  --detach, -d  --pid-file  --console-socket
            """;
    private static final Set<String> GLOBAL_VALUES =
            Set.of("-root", "-log", "-log-format", "-criu", "-rootless");
    private static final Set<String> VALUES =
            Set.of(
                    "-bundle",
                    "-pid-file",
                    "-console-socket",
                    "-pidfd-socket",
                    "-preserve-fds",
                    "-process",
                    "-cwd",
                    "-env",
                    "-user",
                    "-format",
                    "-apparmor",
                    "-process-label",
                    "-cap",
                    "-cgroup",
                    "-additional-gids");
    private static final Map<String, String> NAMES =
            Map.of(
                    "-b",
                    "-bundle",
                    "-d",
                    "-detach",
                    "-f",
                    "-force",
                    "-a",
                    "-all",
                    "-p",
                    "-process",
                    "-t",
                    "-tty",
                    "-e",
                    "-env",
                    "-u",
                    "-user",
                    "-q",
                    "-quiet");

    private OciCommand() {}

    /// Runs one command. Blocks; call it on a platform thread.
    ///
    /// @param args without the program's name
    /// @return the exit code: 0, 1 after an error (it is told on `err`), or the program's of `run`
    ///   and `exec`
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        OciArguments global;
        try {
            global =
                    OciArguments.parse(
                            args, GLOBAL_VALUES, Map.of("-v", "-version", "-h", "-help"));
        } catch (InvalidArgument e) {
            err.println("carafe oci: " + e.text());
            return 1;
        }
        if (global.flag("-version")) {
            out.println("carafe oci\nspec: " + Spec.VERSION);
            return 0;
        }
        if (global.flag("-help")
                || global.operands().isEmpty()
                || global.operands().getFirst().equals("help")) {
            out.print(USAGE);
            return global.flag("-help") || !global.operands().isEmpty() ? 0 : 1;
        }
        try {
            return verb(global, out, err);
        } catch (CarafeException
                | StartFailed
                | ErrnoException
                | UncheckedIOException
                | IOException e) {
            String message = String.valueOf(e.getMessage());
            err.println("carafe oci: " + message);
            log(global, message);
            return 1;
        }
    }

    private static int verb(OciArguments global, PrintStream out, PrintStream err)
            throws IOException {
        String verb = global.operands().getFirst();
        List<String> rest = global.operands().subList(1, global.operands().size());
        OciArguments arguments =
                OciArguments.parse(
                        rest,
                        VALUES,
                        verb.equals("exec") || !verb.equals("list")
                                ? NAMES
                                : Map.of("-f", "-format", "-q", "-quiet"));
        Path root = Path.of(global.value("-root").orElse("/run/carafe/oci"));
        CgroupManager cgroups = CgroupManager.detect();
        OciStore store = new OciStore(root, cgroups);
        OciQueries queries = new OciQueries(store, out);
        switch (verb) {
            case "state" -> queries.state(arguments.operand(0, "container id"));
            case "list" -> queries.list(arguments);
            case "features" -> queries.features();
            default -> {
                return changing(verb, arguments, root, cgroups, store, err);
            }
        }
        return 0;
    }

    private static int changing(
            String verb,
            OciArguments arguments,
            Path root,
            CgroupManager cgroups,
            OciStore store,
            PrintStream err)
            throws IOException {
        Files.createDirectories(root);
        try (EventLoop loop = new EventLoop();
                Services services =
                        Services.make(
                                loop,
                                cgroups,
                                new SeccompFilters(root.resolve(".seccomp")),
                                FileSystem.open("/dev/null", FileSystem.O_RDWR))) {
            OciVerbs verbs = new OciVerbs(services, store, new BareContainers(services));
            String id = arguments.operand(0, "container id");
            switch (verb) {
                case "create" -> verbs.create(id, arguments);
                case "start" -> verbs.start(id);
                case "run" -> {
                    return verbs.run(id, arguments);
                }
                case "exec" -> {
                    return verbs.exec(id, arguments);
                }
                case "kill" -> verbs.kill(id, arguments);
                case "pause" -> verbs.freeze(id, true);
                case "resume" -> verbs.freeze(id, false);
                case "delete" -> verbs.delete(id, arguments.flag("-force"));
                default -> {
                    err.println("carafe oci: unknown command: " + verb + "\n\n" + USAGE);
                    return 1;
                }
            }
            return 0;
        }
    }

    private static void log(OciArguments global, String message) {
        String file = global.value("-log").orElse("");
        if (file.isEmpty()) {
            return;
        }
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        String line =
                global.value("-log-format").orElse("text").equals("json")
                        ? "{\"level\":\"error\",\"msg\":\""
                                + quoted
                                + "\",\"time\":\""
                                + time
                                + "\"}\n"
                        : "time=\"" + time + "\" level=error msg=\"" + quoted + "\"\n";
        try {
            Files.writeString(
                    Path.of(file),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
