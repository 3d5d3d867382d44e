/// Distribution client: registries, authentication, mirrors.
module dev.carafe.registry {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive java.net.http;
    requires io.avaje.jsonb;

    exports dev.carafe.registry;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.registry.wire.jsonb.GeneratedJsonComponent;
}
