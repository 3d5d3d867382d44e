/// Network drivers, address management, published ports.
module dev.carafe.network {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.linux;
    requires io.avaje.jsonb;
    requires static io.soabase.recordbuilder.core;
    requires static java.compiler;
    requires org.dnsjava;

    exports dev.carafe.network;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.network.NetworkJsonComponent,
            dev.carafe.network.jsonb.GeneratedJsonComponent;
}
