/// The Docker Engine API over HTTP.
module dev.carafe.dockerapi {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.dockermodel;
    requires transitive dev.carafe.images;
    requires transitive dev.carafe.network;
    requires transitive dev.carafe.engine;
    requires transitive dev.carafe.build;
    requires transitive dev.carafe.linux;
    requires io.avaje.jsonb;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.unixdomain.server;
    requires jdk.jfr;

    exports dev.carafe.dockerapi;
    exports dev.carafe.dockerapi.config;
    exports dev.carafe.dockerapi.http;
    exports dev.carafe.dockerapi.jetty to
            dev.carafe.daemon;
}
