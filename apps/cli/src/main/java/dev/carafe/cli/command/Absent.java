package dev.carafe.cli.command;

/// Commands of docker that are not here.
final class Absent {
    private Absent() {}

    /// Why a command is not here and what does its work; empty when it is none of docker's.
    static String instead(String command) {
        return switch (command) {
            case "swarm", "node", "service", "stack", "config", "secret" ->
                    "Carafe has no swarm: it runs the containers of one machine. Several that belong together are"
                            + " started by 'carafe compose up'.";
            case "plugin" ->
                    "Carafe's engine takes no plugins. Those of docker's command line, such as compose and buildx,"
                            + " are commands of carafe where they are installed.";
            case "manifest" ->
                    "Indexes of several platforms are made by 'carafe build --platform' and 'carafe buildx build"
                            + " --platform'; 'carafe buildx imagetools' joins and shows those of registries.";
            case "trust" ->
                    "Images are not signed this way any more. 'carafe image referrers' lists their signatures.";
            case "checkpoint" -> "Carafe keeps no checkpoints of running containers.";
            case "compose", "buildx", "bake" ->
                    "It is a plugin of docker's command line (docker-"
                            + (command.equals("bake") ? "buildx" : command)
                            + ") that is not installed: carafe looks in ~/.docker/cli-plugins and where docker"
                            + " looks besides.";
            default -> "";
        };
    }
}
