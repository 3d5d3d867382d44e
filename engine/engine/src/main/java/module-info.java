/// Containers, exec, logs, events: one use-case class per verb.
module dev.carafe.engine {
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
    requires io.avaje.jsonb;
    requires org.snakeyaml.engine.v2;
    requires static io.soabase.recordbuilder.core;
    requires static java.compiler;
    requires jdk.jfr;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.engine.jsonb.GeneratedJsonComponent;

    exports dev.carafe.engine;
    exports dev.carafe.engine.archive;
    exports dev.carafe.engine.cdi;
    exports dev.carafe.engine.config;
    exports dev.carafe.engine.events;
    exports dev.carafe.engine.logs;
    exports dev.carafe.engine.state;
    exports dev.carafe.engine.stats;
    exports dev.carafe.engine.streams;
    exports dev.carafe.engine.view;
    exports dev.carafe.engine.volumes;
}
