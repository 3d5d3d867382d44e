package dev.carafe.cli.command;

import org.jspecify.annotations.Nullable;

/// Which commands there are. A command's class is loaded when it is asked for by name.
final class Catalog {
    /// The commands that most people need, in the order of help.
    static final String[] COMMON = {
        "run", "exec", "ps", "build", "images", "pull", "logs", "version", "info"
    };

    static final String[] GROUPS = {
        "builder", "container", "context", "image", "network", "system", "volume"
    };

    /// All other commands without a group.
    static final String[] OTHERS = {
        "attach",
        "commit",
        "completion",
        "cp",
        "create",
        "diff",
        "events",
        "explain",
        "export",
        "history",
        "import",
        "inspect",
        "kill",
        "load",
        "login",
        "logout",
        "pause",
        "port",
        "push",
        "rename",
        "restart",
        "rm",
        "rmi",
        "save",
        "search",
        "start",
        "stats",
        "stop",
        "tag",
        "top",
        "unpause",
        "update",
        "wait"
    };

    private static final String[] BUILDER = {"build", "cache", "prune"};
    private static final String[] CONTAINER = {
        "attach", "commit", "cp", "create", "diff", "exec", "export", "inspect", "kill", "logs",
                "ls",
        "pause", "port", "prune", "rename", "restart", "rm", "run", "start", "stats", "stop", "top",
        "unpause", "update", "wait"
    };
    private static final String[] CONTEXT = {
        "create", "export", "import", "inspect", "ls", "rm", "show", "update", "use"
    };
    private static final String[] IMAGE = {
        "build",
        "history",
        "import",
        "inspect",
        "load",
        "ls",
        "prune",
        "pull",
        "push",
        "referrers",
        "rm",
        "save",
        "tag"
    };
    private static final String[] NETWORK = {
        "connect", "create", "disconnect", "inspect", "ls", "prune", "rm"
    };
    private static final String[] SYSTEM = {"df", "dial-stdio", "events", "fsck", "info", "prune"};
    private static final String[] VOLUME = {"create", "inspect", "ls", "prune", "rm"};

    private Catalog() {}

    static boolean isGroup(String name) {
        return switch (name) {
            case "builder", "container", "context", "image", "network", "system", "volume" -> true;
            default -> false;
        };
    }

    /// The names of a group's commands, sorted.
    static String[] names(String group) {
        return switch (group) {
            case "builder" -> BUILDER;
            case "container" -> CONTAINER;
            case "context" -> CONTEXT;
            case "image" -> IMAGE;
            case "network" -> NETWORK;
            case "system" -> SYSTEM;
            default -> VOLUME;
        };
    }

    static String groupSummary(String group) {
        return switch (group) {
            case "builder" -> "Manage builds";
            case "container" -> "Manage containers";
            case "context" -> "Manage contexts: daemons by name";
            case "image" -> "Manage images";
            case "network" -> "Manage networks";
            case "system" -> "Manage the engine";
            default -> "Manage volumes";
        };
    }

    /// A command without a group.
    static @Nullable Command top(String name) {
        return switch (name) {
            case "run",
                    "exec",
                    "create",
                    "attach",
                    "commit",
                    "cp",
                    "diff",
                    "export",
                    "kill",
                    "logs",
                    "pause",
                    "port",
                    "rename",
                    "restart",
                    "rm",
                    "start",
                    "stats",
                    "stop",
                    "top",
                    "unpause",
                    "update",
                    "wait" ->
                    inContainer(name);
            case "ps" -> new PsCommand("ps");
            case "images" -> new ImagesCommand("images");
            case "build", "pull", "push", "history", "import", "load", "save", "tag" ->
                    inImage(name);
            case "rmi" -> new RmiCommand("rmi");
            case "search" -> new SearchCommand();
            case "login" -> new LoginCommand();
            case "logout" -> new LogoutCommand();
            case "explain" -> new ExplainCommand();
            case "version" -> new VersionCommand();
            case "info", "events" -> inSystem(name);
            case "inspect" -> new InspectCommand(InspectCommand.Kind.ANY);
            case "completion" -> new CompletionCommand();
            case "__complete" -> new CompleteCommand();
            default -> null;
        };
    }

    static @Nullable Command inGroup(String group, String name) {
        return switch (group) {
            case "builder" -> inBuilder(name);
            case "container" -> inContainer(name);
            case "context" -> inContext(name);
            case "image" -> inImage(name);
            case "network" -> inNetwork(name);
            case "system" -> inSystem(name);
            case "volume" -> inVolume(name);
            default -> null;
        };
    }

    private static @Nullable Command inBuilder(String name) {
        return switch (name) {
            case "build" -> new BuildCommand();
            case "cache" -> new CacheCommand();
            case "prune" -> new PruneCommand(Prunes.BUILD_CACHE);
            default -> null;
        };
    }

    private static @Nullable Command inContainer(String name) {
        return switch (name) {
            case "run" -> new RunCommand();
            case "exec" -> new ExecCommand();
            case "create" -> new CreateCommand();
            case "attach" -> new AttachCommand();
            case "commit" -> new CommitCommand();
            case "cp" -> new CpCommand();
            case "diff" -> new DiffCommand();
            case "export" -> new ExportCommand();
            case "inspect" -> new InspectCommand(InspectCommand.Kind.CONTAINER);
            case "kill" -> new KillCommand();
            case "logs" -> new LogsCommand();
            case "ls", "list", "ps" -> new PsCommand("ls");
            case "pause" -> new PauseCommand("pause");
            case "unpause" -> new PauseCommand("unpause");
            case "port" -> new PortCommand();
            case "prune" -> new PruneCommand(Prunes.CONTAINERS);
            case "rename" -> new RenameCommand();
            case "restart" -> new StopCommand("restart");
            case "rm", "remove" -> new RmCommand();
            case "start" -> new StartCommand();
            case "stats" -> new StatsCommand();
            case "stop" -> new StopCommand("stop");
            case "top" -> new TopCommand();
            case "update" -> new UpdateCommand();
            case "wait" -> new WaitCommand();
            default -> null;
        };
    }

    private static @Nullable Command inContext(String name) {
        return switch (name) {
            case "create" -> new ContextCreateCommand();
            case "export" -> new ContextExportCommand();
            case "import" -> new ContextImportCommand();
            case "inspect" -> new ContextInspectCommand();
            case "ls", "list" -> new ContextListCommand();
            case "rm", "remove" -> new ContextRemoveCommand();
            case "show" -> new ContextShowCommand();
            case "update" -> new ContextUpdateCommand();
            case "use" -> new ContextUseCommand();
            default -> null;
        };
    }

    private static @Nullable Command inImage(String name) {
        return switch (name) {
            case "build" -> new BuildCommand();
            case "history" -> new HistoryCommand();
            case "import" -> new ImportCommand();
            case "inspect" -> new InspectCommand(InspectCommand.Kind.IMAGE);
            case "load" -> new LoadCommand();
            case "ls", "list" -> new ImagesCommand("ls");
            case "prune" -> new PruneCommand(Prunes.IMAGES);
            case "pull" -> new PullCommand();
            case "push" -> new PushCommand();
            case "referrers" -> new ReferrersCommand();
            case "rm", "remove" -> new RmiCommand("rm");
            case "save" -> new SaveCommand();
            case "tag" -> new TagCommand();
            default -> null;
        };
    }

    private static @Nullable Command inNetwork(String name) {
        return switch (name) {
            case "connect" -> new NetworkConnectCommand();
            case "create" -> new NetworkCreateCommand();
            case "disconnect" -> new NetworkDisconnectCommand();
            case "prune" -> new PruneCommand(Prunes.NETWORKS);
            case "rm", "remove" -> new NetworkRmCommand();
            case "inspect" -> new InspectCommand(InspectCommand.Kind.NETWORK);
            case "ls", "list" -> new NetworksCommand();
            default -> null;
        };
    }

    private static @Nullable Command inSystem(String name) {
        return switch (name) {
            case "df" -> new SystemDfCommand();
            case "fsck" -> new SystemFsckCommand();
            case "info" -> new InfoCommand();
            case "prune" -> new SystemPruneCommand();
            case "events" -> new EventsCommand();
            case "dial-stdio" -> new DialStdioCommand();
            default -> null;
        };
    }

    private static @Nullable Command inVolume(String name) {
        return switch (name) {
            case "create" -> new VolumeCreateCommand();
            case "rm", "remove" -> new VolumeRmCommand();
            case "inspect" -> new InspectCommand(InspectCommand.Kind.VOLUME);
            case "ls", "list" -> new VolumesCommand();
            case "prune" -> new PruneCommand(Prunes.VOLUMES);
            default -> null;
        };
    }
}
