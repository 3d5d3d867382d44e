/// Blobs by digest.
module dev.carafe.content {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires io.avaje.jsonb;

    // exports dev.carafe.content;
}
