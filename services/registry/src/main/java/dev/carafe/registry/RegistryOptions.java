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
/// @param attempts how often in a row something may fail before it is given up
/// @param backOff wait before the second attempt, doubled for each further one
/// @param patience how long a server may be silent
/// @param downloads layers that are downloaded at a time
/// @param uploads layers that are uploaded at a time
/// @param ranges of one large layer that are downloaded at a time, where its server is what we wait
///   for; 1 for none
public record RegistryOptions(
        List<String> insecure,
        List<String> mirrors,
        Proxies proxies,
        List<Path> certificates,
        int attempts,
        Duration backOff,
        Duration patience,
        int downloads,
        int uploads,
        int ranges,
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
                5,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                3,
                5,
                4,
                "carafe");
    }

    /// @throws dev.carafe.base.InvalidArgument when the text is no mirror
    public static void checkMirror(String text) {
        Mirror.parse(text);
    }

    public RegistryOptions withReach(List<String> insecureHosts, List<String> mirrorAddresses) {
        return new RegistryOptions(
                insecureHosts,
                mirrorAddresses,
                proxies,
                certificates,
                attempts,
                backOff,
                patience,
                downloads,
                uploads,
                ranges,
                userAgent);
    }

    public RegistryOptions withProxies(Proxies values) {
        return new RegistryOptions(
                insecure,
                mirrors,
                values,
                certificates,
                attempts,
                backOff,
                patience,
                downloads,
                uploads,
                ranges,
                userAgent);
    }

    public RegistryOptions withPatience(
            int newAttempts, Duration newBackOff, Duration newPatience) {
        return new RegistryOptions(
                insecure,
                mirrors,
                proxies,
                certificates,
                newAttempts,
                newBackOff,
                newPatience,
                downloads,
                uploads,
                ranges,
                userAgent);
    }

    public RegistryOptions withParallel(int newDownloads, int newUploads) {
        return new RegistryOptions(
                insecure,
                mirrors,
                proxies,
                certificates,
                attempts,
                backOff,
                patience,
                newDownloads,
                newUploads,
                ranges,
                userAgent);
    }

    public RegistryOptions withRanges(int newRanges) {
        return new RegistryOptions(
                insecure,
                mirrors,
                proxies,
                certificates,
                attempts,
                backOff,
                patience,
                downloads,
                uploads,
                newRanges,
                userAgent);
    }

    public RegistryOptions withCertificates(List<Path> folders) {
        return new RegistryOptions(
                insecure, mirrors, proxies, folders, attempts, backOff, patience, downloads,
                uploads, ranges, userAgent);
    }

    public RegistryOptions withUserAgent(String name) {
        return new RegistryOptions(
                insecure,
                mirrors,
                proxies,
                certificates,
                attempts,
                backOff,
                patience,
                downloads,
                uploads,
                ranges,
                name);
    }
}
