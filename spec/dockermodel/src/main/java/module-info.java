/// Records of the Docker Engine API JSON. No I/O.
module dev.carafe.dockermodel {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive io.avaje.jsonb;

    exports dev.carafe.dockermodel;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.dockermodel.jsonb.GeneratedJsonComponent;
}
