/// Image names, load, save, import, unpack.
module dev.carafe.images {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.content;
    requires transitive dev.carafe.snapshots;
    requires io.avaje.jsonb;

    exports dev.carafe.images;
}
