/// The command line, a client of the API.
module dev.carafe.cli {
    requires static transitive org.jspecify;
    requires dev.carafe.base;
    requires jdk.unsupported;

    exports dev.carafe.cli;
}
