package dev.carafe.dockerapi.config;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the API says of the daemon that serves it.
///
/// @param serverVersion what clients compare: a semantic version near Docker's, `28.5.2+carafe`
/// @param productVersion our own
/// @param gitCommit of the build, or empty
/// @param buildTime of the build as a date, or empty
/// @param live what a reload can change
public record ApiOptions(
        String serverVersion,
        String productVersion,
        String gitCommit,
        String buildTime,
        Supplier<Live> live) {

    /// @param labels of the daemon, `key=value`
    /// @param proxies by name: `HttpProxy`, `HttpsProxy`, `NoProxy`
    /// @param warnings shown by `docker info`
    /// @param buildkit whether clients are told to build by it when they were not told how
    public record Live(
            boolean debug,
            List<String> labels,
            List<String> registryMirrors,
            List<String> insecureRegistries,
            Map<String, String> proxies,
            List<String> warnings,
            boolean buildkit) {

        public static Live defaults() {
            return new Live(false, List.of(), List.of(), List.of(), Map.of(), List.of(), true);
        }
    }

    /// For tests and embedding.
    public static ApiOptions defaults() {
        return new ApiOptions("28.5.2+carafe", "0.1.0", "", "", Live::defaults);
    }
}
