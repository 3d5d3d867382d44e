package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Api;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;

/// `attach`.
final class AttachCommand extends Command {
    AttachCommand() {
        super(
                "attach",
                "[OPTIONS] CONTAINER",
                "Join the input and output of a running container",
                1,
                1);
    }

    @Override
    String aliases() {
        return "carafe container attach, carafe attach";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("detach-keys", "Keys that detach from the container (ctrl-p,ctrl-q)"),
            Flag.bool("no-stdin", "Do not pass stdin on"),
            Flag.bool("sig-proxy", "Pass signals on to the process").withDefault("true"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.RUNNING;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        Api api = session.api();
        JsonObject container =
                api.getObject("/containers/" + Query.segment(flags.argument(0)) + "/json");
        JsonObject state = container.object("State");
        refuse(!state.bool("Running"), "You cannot attach to a stopped container, start it first");
        refuse(state.bool("Paused"), "You cannot attach to a paused container, unpause it first");
        refuse(
                state.bool("Restarting"),
                "You cannot attach to a restarting container, wait until it is running");
        String id = container.text("Id");
        boolean tty = container.object("Config").bool("Tty");
        boolean input = !flags.bool("no-stdin") && container.object("Config").bool("OpenStdin");
        refuse(tty && input && !session.inIsTerminal(), "the input device is not a TTY");
        Query attach =
                Query.of("/containers/" + id + "/attach")
                        .with("stream", "1")
                        .withIf(input, "stdin")
                        .with("stdout", "1")
                        .with("stderr", "1");
        String keys = Creation.detachKeys(session, flags);
        if (keys != null) {
            attach.with("detachKeys", keys);
        }
        try (Stream wait = api.stream("POST", "/containers/" + id + "/wait", null);
                Stream stream = api.hijack(attach.toString(), null)) {
            Foreground foreground = new Foreground(session, stream, tty, input, keys);
            try (foreground) {
                foreground.proxySignals(id, flags.bool("sig-proxy") && !tty);
                foreground.resizeTo("/containers/" + id + "/resize");
                foreground.copy();
            }
            if (foreground.detached(id)) {
                throw Foreground.left();
            }
            return RunCommand.status(wait);
        }
    }

    private static void refuse(boolean when, String sentence) {
        if (when) {
            throw new Failure(sentence);
        }
    }
}
