/// Dockerfiles to images: front end, graph, solver, cache.
module dev.carafe.build {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.linux;
    requires transitive dev.carafe.registry;
    requires transitive dev.carafe.snapshots;
    requires transitive dev.carafe.images;
    requires io.avaje.jsonb;
    requires transitive java.net.http;
    requires jdk.jfr;

    exports dev.carafe.build;
    exports dev.carafe.build.cache;
    exports dev.carafe.build.check;
    exports dev.carafe.build.client;
    exports dev.carafe.build.context;
    exports dev.carafe.build.dockerfile;
    exports dev.carafe.build.solve;
    exports dev.carafe.build.steps;
    exports dev.carafe.build.words;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.build.cache.jsonb.GeneratedJsonComponent;
}
