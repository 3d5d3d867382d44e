/// The command line, a client of the API.
module dev.carafe.cli {
    requires static transitive org.jspecify;
    requires jdk.unsupported;

    exports dev.carafe.cli;
}
