/// Image names, pull, push, load, save, import, unpack.
module dev.carafe.images {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.content;
    requires transitive dev.carafe.snapshots;
    requires transitive dev.carafe.registry;
    requires io.avaje.jsonb;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires jdk.jfr;

    exports dev.carafe.images;
    exports dev.carafe.images.archive to
            dev.carafe.build,
            dev.carafe.buildkit;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.images.jsonb.GeneratedJsonComponent;
}
