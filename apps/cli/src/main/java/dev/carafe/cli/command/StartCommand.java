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

/// `start`.
final class StartCommand extends Command {
    StartCommand() {
        super("start", "[OPTIONS] CONTAINER [CONTAINER...]", "Start stopped containers", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe container start, carafe start";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool(
                    'a',
                    "attach",
                    "Show the output and pass signals on; the exit code is the container's"),
            Flag.string("checkpoint", "Start from this checkpoint"),
            Flag.string("checkpoint-dir", "Directory of checkpoints"),
            Flag.string("detach-keys", "Keys that detach from the container (ctrl-p,ctrl-q)"),
            Flag.bool('i', "interactive", "Pass stdin on"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.STOPPED;
    }

    @Override
    String[] examples() {
        return new String[] {"start -ai box", "Go back into a container made with run -it"};
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        boolean attach = flags.bool("attach");
        boolean interactive = flags.bool("interactive");
        if (attach || interactive) {
            if (flags.arguments().size() > 1) {
                throw new Failure("you cannot start and attach multiple containers at once");
            }
            return attached(session, flags, interactive);
        }
        Query suffix =
                Query.of("/start")
                        .withIfAny("checkpoint", flags.text("checkpoint"))
                        .withIfAny("checkpoint-dir", flags.text("checkpoint-dir"));
        return Each.run(
                session,
                flags.arguments(),
                "Error: failed to start containers",
                name -> {
                    session.api().post("/containers/" + Query.segment(name) + suffix);
                    return name;
                });
    }

    private static int attached(Session session, Parsed flags, boolean interactive)
            throws IOException {
        Api api = session.api();
        JsonObject container =
                api.getObject("/containers/" + Query.segment(flags.argument(0)) + "/json");
        String id = container.text("Id");
        boolean tty = container.object("Config").bool("Tty");
        boolean input = interactive && container.object("Config").bool("OpenStdin");
        Query attach =
                Query.of("/containers/" + id + "/attach")
                        .with("stream", "1")
                        .with("stdout", "1")
                        .with("stderr", "1")
                        .withIf(input, "stdin");
        String keys = Creation.detachKeys(session, flags);
        if (keys != null) {
            attach.with("detachKeys", keys);
        }
        String condition =
                container.object("HostConfig").bool("AutoRemove") ? "removed" : "next-exit";
        try (Stream stream = api.hijack(attach.toString(), null);
                Stream wait =
                        api.stream(
                                "POST",
                                "/containers/" + id + "/wait?condition=" + condition,
                                null)) {
            Foreground foreground = new Foreground(session, stream, tty, input, keys);
            try (foreground) {
                foreground.proxySignals(id, !tty);
                api.post("/containers/" + id + "/start");
                foreground.resizeTo("/containers/" + id + "/resize");
                foreground.copy();
            }
            return foreground.detached(id) ? 0 : RunCommand.status(wait);
        }
    }
}
