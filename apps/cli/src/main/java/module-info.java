/// The command line, a client of the API.
module dev.carafe.cli {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.dockermodel;
    requires io.avaje.jsonb;
    requires java.net.http;

    // exports dev.carafe.cli;
}
