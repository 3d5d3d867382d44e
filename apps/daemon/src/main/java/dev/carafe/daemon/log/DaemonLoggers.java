package dev.carafe.daemon.log;

/// Where every `System.Logger` of the daemon comes from; found by the JDK as a service, so that no
/// logging library is loaded.
public final class DaemonLoggers extends System.LoggerFinder {
    private final LogOutput output = new LogOutput(System.err);

    /// The one in use, or a new one that nothing writes to when another finder was put before it.
    public static LogOutput output() {
        return System.LoggerFinder.getLoggerFinder() instanceof DaemonLoggers loggers
                ? loggers.output
                : new LogOutput(System.err);
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new DaemonLogger(name, output);
    }
}
