package dev.carafe.build.client;

import dev.carafe.build.cache.CacheSource;
import dev.carafe.registry.Credentials;
import java.util.List;
import java.util.Optional;

/// The client of one build, asked for what it alone has. Thread-safe; calls may block while the
/// client answers.
public interface BuildClient {
    /// One that gives nothing.
    BuildClient NONE = new BuildClient() {};

    /// The value of `--secret id=`, empty when the client does not give one. Never to be logged,
    /// nor to become part of a layer or a key.
    default Optional<byte[]> secret(String id) {
        return Optional.empty();
    }

    /// Opens a socket on this host that is the client's `--ssh` agent of that id; the caller closes
    /// it after the step. Empty when the client does not give one.
    default Optional<SshAgent> agent(String id) {
        return Optional.empty();
    }

    /// Who the client is at a registry, {@link Credentials#NONE} for nobody.
    ///
    /// @param host as in the image's name, `docker.io` for the default one
    default Credentials login(String host) {
        return Credentials.NONE;
    }

    /// Caches of elsewhere that may know steps (`--cache-from`), the first one first.
    default List<CacheSource> caches() {
        return List.of();
    }

    /// What `--build-context` puts in the place of an image's or a stage's name.
    ///
    /// @param name as the Dockerfile has it
    default Optional<NamedContext> context(String name) {
        return Optional.empty();
    }
}
