package dev.carafe.network;

import java.nio.file.Path;
import java.util.Set;

/// A program that attaches two containers and is then killed by its test.
final class KilledEngine {
    private KilledEngine() {}

    public static void main(String[] args) throws InterruptedException {
        Networks networks = new Networks(Path.of(args[0]), NetworkOptions.defaults());
        networks.recover(Set.of());
        Sandbox web = attach(networks, "web", 8080);
        Sandbox dead = attach(networks, "dead", 8081);
        System.out.println("netns " + web.netns().number());
        Thread.sleep(60_000);
        dead.close();
    }

    private static Sandbox attach(Networks networks, String name, int port) {
        return networks.attach(
                AttachRequest.of(name, "bridge").publishing(new PortBinding(80, "tcp", "", port)));
    }
}
