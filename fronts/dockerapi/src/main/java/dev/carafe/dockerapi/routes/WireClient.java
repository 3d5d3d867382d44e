package dev.carafe.dockerapi.routes;

import dev.carafe.build.BuildImage;
import dev.carafe.build.cache.CacheSource;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.client.SshAgent;
import dev.carafe.registry.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The client of one `POST /build`: what came with its request.
///
/// @param build its id
/// @param contexts what it names
/// @param accounts by registry
/// @param caches in other places, as they were read
record WireClient(
        BuildImage builds,
        AgentPool agents,
        String build,
        Preamble preamble,
        WireContexts contexts,
        Function<String, Credentials> accounts,
        List<CacheSource> caches)
        implements BuildClient {
    WireClient(
            BuildImage builds,
            AgentPool agents,
            String build,
            Preamble preamble,
            WireContexts contexts,
            Function<String, Credentials> accounts) {
        this(builds, agents, build, preamble, contexts, accounts, List.of());
    }

    WireClient withCaches(List<CacheSource> sources) {
        return new WireClient(builds, agents, build, preamble, contexts, accounts, sources);
    }

    @Override
    public Optional<byte[]> secret(String id) {
        return Optional.ofNullable(preamble.secrets().get(id)).map(byte[]::clone);
    }

    @Override
    public Optional<SshAgent> agent(String id) {
        return preamble.agents().contains(id)
                ? Optional.of(builds.agentSocket(() -> agents.connect(build, id)))
                : Optional.empty();
    }

    @Override
    public Credentials login(String host) {
        return accounts.apply(host);
    }

    @Override
    public Optional<NamedContext> context(String name) {
        return contexts.find(name);
    }
}
