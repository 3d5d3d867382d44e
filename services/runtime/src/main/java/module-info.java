/// OCI runtime verbs: a Spec compiled to a launch plan.
module dev.carafe.runtime {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;
    requires transitive dev.carafe.oci;
    requires transitive dev.carafe.linux;
    requires io.avaje.jsonb;

    exports dev.carafe.runtime;
}
