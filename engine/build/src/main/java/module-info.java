/// Dockerfiles to images: front end, graph, solver, cache.
module dev.carafe.build {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;

    exports dev.carafe.build.dockerfile;
    exports dev.carafe.build.words;
}
