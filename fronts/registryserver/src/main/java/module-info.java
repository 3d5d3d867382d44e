/// A registry: the OCI distribution protocol over the content store.
module dev.carafe.registryserver {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.content;
    requires transitive dev.carafe.registry;
    requires io.avaje.jsonb;
    requires org.eclipse.jetty.server;
    requires spring.security.crypto;

    exports dev.carafe.registryserver;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.registryserver.wire.jsonb.GeneratedJsonComponent;
}
