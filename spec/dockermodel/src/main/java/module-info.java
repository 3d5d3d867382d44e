/// Records of the Docker Engine API JSON. No I/O.
module dev.carafe.dockermodel {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires io.avaje.jsonb;

    // exports dev.carafe.dockermodel;
}
