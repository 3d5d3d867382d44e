package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Api;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.util.List;

/// `run`: create, attach, wait, start, in this order, so that neither output nor the exit status is
/// missed.
final class RunCommand extends Command {
    RunCommand() {
        super(
                "run",
                "[OPTIONS] IMAGE [COMMAND] [ARG...]",
                "Create a container from an image and run it",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container run, carafe run";
    }

    @Override
    Flag[] flags() {
        return ContainerFlags.with(
                Flag.bool('d', "detach", "Run in the background and print the container's id"),
                Flag.string("detach-keys", "Keys that detach from the container (ctrl-p,ctrl-q)"),
                Flag.bool("sig-proxy", "Pass signals on to the process").withDefault("true"));
    }

    @Override
    boolean interspersed() {
        return false;
    }

    @Override
    boolean namesProgram() {
        return true;
    }

    @Override
    int failureCode() {
        return 125;
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.IMAGES : Completion.NOTHING;
    }

    @Override
    String details() {
        return "The exit code is the process's own; 125 when the container could not be made, 126 when its command is not"
                + " executable, 127 when there is no such command, 128 and the signal's number when a signal ended it.";
    }

    @Override
    String[] examples() {
        return new String[] {
            "run --rm -it debian bash", "A shell in a new container that is gone afterwards",
            "run -d --name web -p 8080:80 nginx", "A web server in the background on port 8080",
            "run --rm -v \"$PWD\":/work -w /work python python script.py",
                    "A script with the files of this directory",
            "run --rm -m 512m --cpus 1.5 busybox true", "With limits on memory and CPU time",
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        Creation creation = new Creation(session, flags);
        JsonObject body = creation.request();
        boolean attached =
                body.bool("AttachStdin") || body.bool("AttachStdout") || body.bool("AttachStderr");
        if (body.bool("AttachStdin") && body.bool("Tty") && !session.inIsTerminal()) {
            throw new Failure(1, "the input device is not a TTY");
        }
        List<Object> size = Foreground.consoleSize(session, body.bool("Tty"));
        if (!size.isEmpty()) {
            body.object("HostConfig").with("ConsoleSize", size);
        }
        String id = creation.create(body);
        return attached
                ? foreground(session, flags, body, id)
                : background(session, id, flags.bool("detach"));
    }

    private static int background(Session session, String id, boolean print) {
        try {
            session.api().post("/containers/" + id + "/start");
        } catch (ApiFailure e) {
            if (print) {
                session.out().line(id);
            }
            throw startFailure(e);
        }
        session.out().line(id);
        return 0;
    }

    private int foreground(Session session, Parsed flags, JsonObject body, String id)
            throws IOException {
        Api api = session.api();
        boolean tty = body.bool("Tty");
        Query attach =
                Query.of("/containers/" + id + "/attach")
                        .with("stream", "1")
                        .withIf(body.bool("AttachStdin"), "stdin")
                        .withIf(body.bool("AttachStdout"), "stdout")
                        .withIf(body.bool("AttachStderr"), "stderr");
        String keys = Creation.detachKeys(session, flags);
        if (keys != null) {
            attach.with("detachKeys", keys);
        }
        String condition = flags.bool("rm") ? "removed" : "next-exit";
        try (Stream stream = api.hijack(attach.toString(), null);
                Stream wait =
                        api.stream(
                                "POST",
                                Query.of("/containers/" + id + "/wait")
                                        .with("condition", condition)
                                        .toString(),
                                null)) {
            Foreground foreground =
                    new Foreground(session, stream, tty, body.bool("AttachStdin"), keys);
            try (foreground) {
                foreground.proxySignals(id, flags.bool("sig-proxy") && !tty);
                start(api, id, wait, flags.bool("rm"));
                foreground.resizeTo("/containers/" + id + "/resize");
                foreground.copy();
            }
            return foreground.detached(id) ? 0 : status(wait);
        }
    }

    private static void start(Api api, String id, Stream wait, boolean remove) throws IOException {
        try {
            api.post("/containers/" + id + "/start");
        } catch (ApiFailure e) {
            if (remove) {
                // the container that never ran removes itself; its name is free once that is told
                wait.object();
            }
            throw startFailure(e);
        }
    }

    /// The exit status out of a wait's answer.
    static int status(Stream wait) throws IOException {
        JsonObject answer = wait.object();
        String error = answer.object("Error").text("Message");
        if (!error.isEmpty()) {
            throw new Failure(125, "Error waiting for container: " + error);
        }
        return (int) answer.number("StatusCode");
    }

    /// 127 and 126 for commands that can't be run, as a shell has them.
    static Failure startFailure(ApiFailure failure) {
        String text = failure.serverMessage();
        int code = 125;
        if (contains(
                text,
                List.of(
                        "executable file not found",
                        "no such file or directory",
                        "system cannot find the file specified"))) {
            code = 127;
        } else if (contains(text, List.of("permission denied", "is a directory"))) {
            code = 126;
        }
        return new Failure(code, failure.text());
    }

    private static boolean contains(String text, List<String> parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
