package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Session;
import java.io.IOException;

/// `create`.
final class CreateCommand extends Command {
    CreateCommand() {
        super(
                "create",
                "[OPTIONS] IMAGE [COMMAND] [ARG...]",
                "Create a new container without starting it",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container create, carafe create";
    }

    @Override
    Flag[] flags() {
        return ContainerFlags.with();
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
    String[] examples() {
        return new String[] {
            "create --name web -p 8080:80 nginx", "A web server, to be started later",
            "start -a web", "Start it and see what it prints",
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        Creation creation = new Creation(session, flags);
        String id = creation.create(creation.request());
        session.out().line(id);
        return 0;
    }
}
