package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// How a container is reached and what it reaches, in words.
final class NetworkExplanation {
    private final JsonObject settings;
    private final String mode;
    private final boolean running;
    private final List<String> lines = new ArrayList<>(List.of("", "Network"));

    /// @param container the answer of inspect
    NetworkExplanation(JsonObject container) {
        this.settings = container.object("NetworkSettings");
        this.mode = container.object("HostConfig").text("NetworkMode");
        this.running = container.object("State").bool("Running");
    }

    List<String> lines() {
        if (mode.equals("host")) {
            tell("all", "the host's: every port it listens on is the host's (--network host)");
            return lines;
        }
        if (mode.startsWith("container:")) {
            tell(
                    "all",
                    "that of "
                            + Explanation.shortId(mode.substring("container:".length()))
                            + ": same addresses, same ports (--network container:)");
            return lines;
        }
        JsonObject networks = settings.object("Networks");
        for (String name : networks.keySet()) {
            network(name, networks.object(name));
        }
        ports();
        return lines;
    }

    private void network(String name, JsonObject endpoint) {
        if (name.equals("none")) {
            tell("none", "a loopback device and nothing else (--network none)");
            return;
        }
        String address = endpoint.text("IPAddress");
        String where =
                !running || address.isEmpty()
                        ? "an address when it starts"
                        : address + ", through " + endpoint.text("Gateway");
        String names =
                name.equals("bridge")
                        ? "; the default bridge has no names"
                        : "; known there as " + String.join(", ", endpoint.texts("DNSNames"));
        tell(name, where + names);
    }

    private void ports() {
        JsonObject ports = settings.object("Ports");
        int published = 0;
        for (String port : ports.keySet()) {
            for (JsonObject binding : ports.objects(port)) {
                published++;
                String ip = binding.text("HostIp");
                boolean loopback = ip.startsWith("127.") || ip.equals("::1");
                tell(
                        "port " + port,
                        "from "
                                + (loopback ? "this machine only, " : "everywhere, ")
                                + ip
                                + " port "
                                + binding.text("HostPort")
                                + " (--publish)");
            }
        }
        if (published == 0) {
            tell("ports", "none is published: reached from its networks only (no --publish)");
        }
    }

    private void tell(String what, String words) {
        lines.add(String.format("  %-13s %s", what, words));
    }
}
