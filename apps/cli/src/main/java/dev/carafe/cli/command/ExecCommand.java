package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.request.KeyValues;
import dev.carafe.cli.session.Api;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `exec`.
final class ExecCommand extends Command {
    ExecCommand() {
        super(
                "exec",
                "[OPTIONS] CONTAINER COMMAND [ARG...]",
                "Run a command in a running container",
                2,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container exec, carafe exec";
    }

    @Override
    boolean interspersed() {
        return false;
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('d', "detach", "Run the command in the background"),
            Flag.string("detach-keys", "Keys that detach from the command (ctrl-p,ctrl-q)"),
            Flag.of(
                    FlagType.ENV,
                    'e',
                    "env",
                    "Set an environment variable (K=V, or K to take it from here)"),
            Flag.list("env-file", "Read environment variables from a file, one a line"),
            Flag.bool('i', "interactive", "Pass stdin on"),
            Flag.bool("privileged", "Give the command all capabilities"),
            Flag.bool('t', "tty", "Give the command a terminal"),
            Flag.string('u', "user", "User, by name or number (user[:group])"),
            Flag.string('w', "workdir", "Working directory"),
        };
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.RUNNING : Completion.NOTHING;
    }

    @Override
    String[] examples() {
        return new String[] {
            "exec -it web sh", "A shell in a running container",
            "exec -u 0 -w /etc web cat nginx/nginx.conf", "One command as root",
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        boolean detach = flags.bool("detach");
        boolean tty = flags.bool("tty");
        boolean input = flags.bool("interactive") && !detach;
        JsonObject body = body(session, flags, tty, input, detach);
        if (tty && input && !session.inIsTerminal()) {
            throw new Failure("the input device is not a TTY");
        }
        List<Object> size = Foreground.consoleSize(session, tty && !detach);
        if (!size.isEmpty()) {
            body.put("ConsoleSize", size);
        }
        Api api = session.api();
        String id =
                api.post("/containers/" + Query.segment(flags.argument(0)) + "/exec", body)
                        .text("Id");
        if (id.isEmpty()) {
            throw new Failure("exec ID empty");
        }
        JsonObject start = new JsonObject().with("Detach", detach).with("Tty", tty);
        if (detach) {
            api.post("/exec/" + id + "/start", start);
            return 0;
        }
        if (!size.isEmpty()) {
            start.put("ConsoleSize", size);
        }
        try (Stream stream = api.hijack("/exec/" + id + "/start", start)) {
            Foreground foreground =
                    new Foreground(
                            session, stream, tty, input, Creation.detachKeys(session, flags));
            try (foreground) {
                foreground.resizeTo("/exec/" + id + "/resize");
                foreground.copy();
            }
            JsonObject ended = api.getObject("/exec/" + id + "/json");
            if (foreground.askedToDetach() && ended.bool("Running")) {
                throw Foreground.left();
            }
            return (int) ended.number("ExitCode");
        }
    }

    private static JsonObject body(
            Session session, Parsed flags, boolean tty, boolean input, boolean detach) {
        JsonObject body = new JsonObject();
        if (!flags.text("user").isEmpty()) {
            body.put("User", flags.text("user"));
        }
        if (flags.bool("privileged")) {
            body.put("Privileged", true);
        }
        body.put("Tty", tty);
        body.put("AttachStdin", input);
        body.put("AttachStdout", !detach);
        body.put("AttachStderr", !detach);
        String keys = Creation.detachKeys(session, flags);
        if (keys != null) {
            body.put("DetachKeys", keys);
        }
        List<String> env;
        try {
            env = KeyValues.environment(flags.all("env-file"), flags.all("env"));
        } catch (Failure e) {
            throw new Failure(e.text());
        }
        if (!env.isEmpty()) {
            body.put("Env", env);
        }
        if (!flags.text("workdir").isEmpty()) {
            body.put("WorkingDir", flags.text("workdir"));
        }
        List<String> arguments = flags.arguments();
        return body.with("Cmd", new ArrayList<Object>(arguments.subList(1, arguments.size())));
    }
}
