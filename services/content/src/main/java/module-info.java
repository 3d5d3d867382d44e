/// Blobs by digest.
module dev.carafe.content {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;

    exports dev.carafe.content;
}
