/// Layers on disk and writable roots over them.
module dev.carafe.snapshots {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.linux;
    requires io.avaje.jsonb;

    exports dev.carafe.snapshots;
    exports dev.carafe.snapshots.tar to
            dev.carafe.images;
    exports dev.carafe.snapshots.tree to
            dev.carafe.engine;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.snapshots.SnapshotsJsonComponent;
}
