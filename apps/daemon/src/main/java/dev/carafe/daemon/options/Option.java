package dev.carafe.daemon.options;

/// One option of the daemon.
///
/// @param name of the long flag: `data-root`
/// @param letter of the short flag, or 0
/// @param key in the configuration file; empty: flag only
/// @param group heading in the help
/// @param value how the help names its value; empty for booleans
/// @param effect false: taken so that a Docker configuration works, and ignored
/// @param help a short sentence without full stop
public record Option(
        String name,
        char letter,
        String key,
        Kind kind,
        Group group,
        String value,
        boolean effect,
        String help) {

    /// What values it takes.
    public enum Kind {
        /// A truth value; the flag alone is true.
        FLAG,
        /// One text; the last one counts.
        TEXT,
        /// A whole number.
        NUMBER,
        /// Any number of texts; the flag may be repeated.
        LIST,
        /// `key=value` texts; the flag may be repeated. An object in the file.
        MAP,
        /// Any JSON, in the file only.
        JSON
    }

    /// Headings of the help, in order.
    public enum Group {
        ACCESS("Sockets and access"),
        PLACES("Where things are"),
        LOG("Log"),
        NETWORK("Network"),
        CONTAINERS("Containers' defaults"),
        IMAGES("Images and registries"),
        COMPATIBLE("Taken as dockerd's, without effect here"),
        OTHER("Other");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }
}
