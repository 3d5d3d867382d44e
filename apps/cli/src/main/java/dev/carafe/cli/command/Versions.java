package dev.carafe.cli.command;

import dev.carafe.cli.session.Api;

/// What this client is.
final class Versions {
    static final String VERSION = "0.1.0";

    private Versions() {}

    /// The version of the distribution, which the launcher script tells.
    static String version() {
        return System.getProperty("carafe.version", VERSION);
    }

    static String commit() {
        return System.getProperty("carafe.commit", "unknown");
    }

    static String line() {
        return "Carafe version " + version() + ", build " + commit() + " (API " + Api.VERSION + ")";
    }

    /// Go's name of this machine's architecture.
    static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
