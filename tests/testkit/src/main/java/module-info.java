/// Tiny images, leak checks, fakes, golden files.
module dev.carafe.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires jdk.httpserver;
    requires transitive dev.carafe.linux;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports dev.carafe.testkit;
}
