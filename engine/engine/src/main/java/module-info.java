/// Containers, exec, logs, events: one use-case class per verb.
module dev.carafe.engine {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.linux;
    requires transitive dev.carafe.content;
    requires transitive dev.carafe.snapshots;
    requires transitive dev.carafe.images;
    requires transitive dev.carafe.runtime;
    requires transitive dev.carafe.network;
    requires io.avaje.jsonb;

    // exports dev.carafe.engine;
}
