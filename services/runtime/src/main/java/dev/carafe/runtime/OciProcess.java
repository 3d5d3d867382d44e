package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the OCI command line says of a process or a signal.
final class OciProcess {
    // in the kernel's order, from 1; the numbers of x86 and arm
    private static final List<String> SIGNALS =
            List.of(
                    ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM"
                                    + " TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
                            .split(" "));
    private static final int MOST = 64;

    private OciProcess() {}

    /// The process of `exec`: from `--process`, or the container's own with other arguments.
    static Process of(Spec spec, OciArguments arguments) throws IOException {
        Optional<String> file = arguments.value("-process");
        if (file.isPresent()) {
            return SpecJson.process(Files.readAllBytes(Path.of(file.get())));
        }
        Process base = spec.process();
        if (base == null || arguments.operands().size() < 2) {
            throw new InvalidArgument("missing argument: command");
        }
        List<String> env = new ArrayList<>(base.env());
        env.addAll(arguments.values("-env"));
        return base.with()
                .terminal(arguments.flag("-tty"))
                .consoleSize(null)
                .user(arguments.value("-user").map(OciProcess::user).orElse(base.user()))
                .args(arguments.operands().subList(1, arguments.operands().size()))
                .env(env)
                .cwd(arguments.value("-cwd").orElse(base.cwd()))
                .noNewPrivileges(base.noNewPrivileges() || arguments.flag("-no-new-privs"))
                .build();
    }

    /// The number of `9`, `KILL` or `SIGKILL`.
    ///
    /// @throws InvalidArgument when there is none
    static int signal(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        int number = SIGNALS.indexOf(name.startsWith("SIG") ? name.substring(3) : name) + 1;
        if (number == 0 && text.matches("\\d{1,2}")) {
            number = Integer.parseInt(text);
        }
        if (number < 1 || number > MOST) {
            throw new InvalidArgument("unknown signal \"" + text + "\"");
        }
        return number;
    }

    private static User user(String text) {
        String[] ids = text.split(":", 2);
        try {
            long uid = Long.parseLong(ids[0]);
            return new User(uid, ids.length > 1 ? Long.parseLong(ids[1]) : 0, null, List.of());
        } catch (NumberFormatException e) {
            throw new InvalidArgument("user must be UID[:GID]: " + text);
        }
    }
}
