/// Configuration, wiring, signals.
module dev.carafe.daemon {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.linux;
    requires transitive dev.carafe.content;
    requires transitive dev.carafe.snapshots;
    requires transitive dev.carafe.registry;
    requires transitive dev.carafe.images;
    requires transitive dev.carafe.runtime;
    requires transitive dev.carafe.network;
    requires transitive dev.carafe.engine;
    requires transitive dev.carafe.build;
    requires transitive dev.carafe.dockerapi;
    requires transitive dev.carafe.buildkit;
    requires transitive dev.carafe.registryserver;
    requires io.avaje.jsonb;
    requires jdk.unsupported;

    exports dev.carafe.daemon;

    provides java.lang.System.LoggerFinder with
            dev.carafe.daemon.log.DaemonLoggers;
}
