/// Errors, ids, units, clock, durable files. Stays tiny.
module dev.carafe.base {
    requires static transitive org.jspecify;
    requires transitive io.avaje.json;

    exports dev.carafe.base;
    exports dev.carafe.base.glob;
    exports dev.carafe.base.json;
}
