/// Builds as BuildKit's clients ask for them, over gRPC.
module dev.carafe.buildkit {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.snapshots;
    requires transitive dev.carafe.images;
    requires transitive dev.carafe.build;
    requires transitive dev.carafe.registry;
    requires io.avaje.jsonb;
    requires com.google.protobuf;
    requires com.google.common;
    requires java.logging;
    requires io.grpc;
    requires io.grpc.stub;
    requires io.grpc.protobuf.lite;
    requires io.grpc.okhttp;

    exports dev.carafe.buildkit;
    exports dev.carafe.buildkit.cache to
            dev.carafe.daemon;
    exports dev.carafe.buildkit.order;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.buildkit.cache.CacheJsonComponent,
            dev.carafe.buildkit.cache.jsonb.GeneratedJsonComponent;
}
