/// The OCI image and runtime specifications as records. No I/O.
module dev.carafe.oci {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires io.avaje.jsonb;
    requires static io.soabase.recordbuilder.core;
    requires static java.compiler;

    exports dev.carafe.oci;
    exports dev.carafe.oci.runtime;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.carafe.oci.jsonb.GeneratedJsonComponent;
}
