package dev.carafe.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How registries are reached.
///
/// @param insecure hosts (`reg:5000`) and address ranges (`10.0.0.0/8`) where https is not checked
///   and http is tried; this machine's own addresses always are
/// @param mirrors what is asked before a registry: `https://mirror.example` for Docker Hub,
///   `quay.io=https://cache.example/quay`, `*=http://127.0.0.1:5000` for others
/// @param certificates folders with a folder for each `host:port`, in it `*.crt` for CAs and
///   `*.cert` with `*.key` for ourselves (docker's certs.d); earlier ones win
public record RegistryOptions(
        List<String> insecure,
        List<String> mirrors,
        Proxies proxies,
        List<Path> certificates,
        Effort effort,
        String userAgent) {
    public RegistryOptions {
        insecure = List.copyOf(insecure);
        mirrors = List.copyOf(mirrors);
        certificates = List.copyOf(certificates);
    }

    /// Docker's numbers.
    public static RegistryOptions defaults() {
        return new RegistryOptions(
                List.of(),
                List.of(),
                Proxies.NONE,
                List.of(Path.of("/etc/carafe/certs.d"), Path.of("/etc/docker/certs.d")),
                Effort.DEFAULT,
                "carafe");
    }

    /// @throws dev.carafe.base.InvalidArgument when the text is no mirror
    public static void checkMirror(String text) {
        Mirror.parse(text);
    }

    public RegistryOptions withReach(List<String> insecureHosts, List<String> mirrorAddresses) {
        return new RegistryOptions(
                insecureHosts, mirrorAddresses, proxies, certificates, effort, userAgent);
    }

    public RegistryOptions withProxies(Proxies values) {
        return new RegistryOptions(insecure, mirrors, values, certificates, effort, userAgent);
    }

    public RegistryOptions withCertificates(List<Path> folders) {
        return new RegistryOptions(insecure, mirrors, proxies, folders, effort, userAgent);
    }

    public RegistryOptions withUserAgent(String name) {
        return new RegistryOptions(insecure, mirrors, proxies, certificates, effort, name);
    }

    public RegistryOptions withPatience(int attempts, Duration backOff, Duration patience) {
        return with(effort.withPatience(attempts, backOff, patience));
    }

    public RegistryOptions withParallel(int downloads, int uploads) {
        return with(effort.withParallel(downloads, uploads));
    }

    public RegistryOptions withRanges(int ranges) {
        return with(effort.withRanges(ranges));
    }

    private RegistryOptions with(Effort other) {
        return new RegistryOptions(insecure, mirrors, proxies, certificates, other, userAgent);
    }
}
