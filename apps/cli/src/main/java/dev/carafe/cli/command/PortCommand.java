package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `port`.
final class PortCommand extends Command {
    PortCommand() {
        super(
                "port",
                "CONTAINER [PRIVATE_PORT[/PROTO]]",
                "Show where a container's ports are published",
                1,
                2);
    }

    @Override
    String aliases() {
        return "carafe container port, carafe port";
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.RUNNING : Completion.NOTHING;
    }

    @Override
    int run(Session session, Parsed flags) {
        String name = flags.argument(0);
        JsonObject ports =
                session.api()
                        .getObject("/containers/" + Query.segment(name) + "/json")
                        .object("NetworkSettings")
                        .object("Ports");
        if (flags.arguments().size() > 1) {
            String asked = flags.argument(1);
            String key = asked.indexOf('/') >= 0 ? asked : asked + "/tcp";
            checkPort(asked);
            List<JsonObject> bindings = ports.objects(key);
            if (bindings.isEmpty()) {
                throw new Failure("Error: No public port '" + asked + "' published for " + name);
            }
            for (JsonObject binding : bindings) {
                session.out().line(address(binding));
            }
            return 0;
        }
        List<String> keys = new ArrayList<>(ports.keySet());
        keys.sort(
                Comparator.comparingLong(PortCommand::number)
                        .thenComparing(Comparator.naturalOrder()));
        for (String key : keys) {
            for (JsonObject binding : ports.objects(key)) {
                session.out().line(key + " -> " + address(binding));
            }
        }
        return 0;
    }

    /// @throws Failure when it is no number, with or without a protocol
    private static void checkPort(String asked) {
        int slash = asked.indexOf('/');
        String port = slash < 0 ? asked : asked.substring(0, slash);
        if (port.isEmpty() || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Failure(
                    "Error: invalid port ("
                            + port
                            + "): strconv.ParseUint: parsing \""
                            + port
                            + "\": invalid syntax");
        }
    }

    private static long number(String key) {
        int slash = key.indexOf('/');
        try {
            return Long.parseLong(slash < 0 ? key : key.substring(0, slash));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String address(JsonObject binding) {
        return PortsText.joined(binding.text("HostIp"), binding.text("HostPort"));
    }
}
