/// Errors, ids, units, clock, durable files. Stays tiny.
module dev.carafe.base {
    requires static transitive org.jspecify;

    exports dev.carafe.base;
    exports dev.carafe.base.glob;
}
