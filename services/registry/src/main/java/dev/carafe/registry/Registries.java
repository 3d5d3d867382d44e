package dev.carafe.registry;

import dev.carafe.oci.ImageReference;
import java.util.List;
import java.util.function.Supplier;

/// The registries of the world, as this engine reaches them. Thread-safe; holds no connections
/// itself.
public final class Registries {
    private final Supplier<RegistryOptions> options;

    /// @param options asked at the beginning of each undertaking
    public Registries(Supplier<RegistryOptions> options) {
        this.options = options;
    }

    public RegistryOptions options() {
        return options.get();
    }

    /// The repository that the name means, with docker's rule for short names. Nothing is sent yet;
    /// the caller closes it.
    ///
    /// @param image its tag and digest don't matter
    public Repository open(ImageReference image, Credentials credentials) {
        RegistryOptions now = options.get();
        return new Repository(image, new Servers(image.domain(), credentials, now), now);
    }

    /// Asks the registry whether it takes the credentials (Engine API POST /auth).
    ///
    /// @param address a host, or docker's `https://index.docker.io/v1/`
    /// @return a token to be kept in place of the password; empty when the registry gives none
    /// @throws dev.carafe.base.Unauthenticated when it does not take them
    public String login(String address, Credentials credentials) {
        return Login.check(Login.domain(address), credentials, options.get());
    }

    /// Finds repositories by a part of their name (Engine API GET /images/search).
    ///
    /// @param term `alpine`, or `reg.example:5000/app` to search there
    /// @param limit how many at most
    /// @throws dev.carafe.base.NotImplemented when the registry can't be searched
    public List<FoundRepository> search(String term, int limit, Credentials credentials) {
        return Search.run(term, limit, credentials, options.get());
    }
}
