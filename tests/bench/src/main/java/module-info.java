/// Benchmarks against Docker and crun in one run; no test, nothing here asserts a time.
module dev.carafe.bench {
    requires static transitive org.jspecify;
    requires dev.carafe.base;
}
