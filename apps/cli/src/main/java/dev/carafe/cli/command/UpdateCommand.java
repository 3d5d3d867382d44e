package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.request.UpdateRequest;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `update`.
final class UpdateCommand extends Command {
    UpdateCommand() {
        super(
                "update",
                "[OPTIONS] CONTAINER [CONTAINER...]",
                "Change limits, the restart policy and published ports of containers",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe container update, carafe update";
    }

    @Override
    String details() {
        return "Running containers are changed at once. What is not given stays as it is.";
    }

    @Override
    Flag[] flags() {
        return ContainerFlags.ofUpdate();
    }

    @Override
    Completion completes(int position) {
        return Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) {
        JsonObject body = UpdateRequest.of(flags);
        if (body.isEmpty()) {
            throw new Failure("you must provide one or more flags when using this command");
        }
        List<String> warnings = new ArrayList<>();
        int code =
                Each.run(
                        session,
                        flags.arguments(),
                        "",
                        name -> {
                            String path = "/containers/" + Query.segment(name) + "/update";
                            warnings.addAll(session.api().post(path, body).texts("Warnings"));
                            return name;
                        });
        warnings.forEach(w -> session.err().line(w));
        return code;
    }
}
