package dev.carafe.buildkit.session;

import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.build.BuildImage;
import dev.carafe.build.cache.CacheSource;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.client.SshAgent;
import dev.carafe.buildkit.wire.files.AuthGrpc;
import dev.carafe.buildkit.wire.files.CredentialsRequest;
import dev.carafe.buildkit.wire.files.CredentialsResponse;
import dev.carafe.buildkit.wire.secrets.GetSecretRequest;
import dev.carafe.buildkit.wire.secrets.SecretsGrpc;
import dev.carafe.buildkit.wire.ssh.CheckAgentRequest;
import dev.carafe.buildkit.wire.ssh.SSHGrpc;
import dev.carafe.registry.Credentials;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// A session's client, as a build asks it.
public final class SessionClient implements BuildClient {
    private static final long PATIENCE_SECONDS = 60;

    private final Session session;
    private final BuildImage builds;
    private final Function<String, Optional<NamedContext>> contexts;
    private final List<CacheSource> caches;

    /// For what is done outside the Dockerfile.
    public SessionClient(Session session, BuildImage builds) {
        this(session, builds, name -> Optional.empty(), List.of());
    }

    /// @param contexts what names of the Dockerfile stand for
    /// @param caches that the client names
    public SessionClient(
            Session session,
            BuildImage builds,
            Function<String, Optional<NamedContext>> contexts,
            List<CacheSource> caches) {
        this.caches = List.copyOf(caches);
        this.session = session;
        this.builds = builds;
        this.contexts = contexts;
    }

    @Override
    public Optional<byte[]> secret(String id) {
        return ask(
                "secret " + id,
                () ->
                        SecretsGrpc.newBlockingStub(session.channel())
                                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                .getSecret(GetSecretRequest.newBuilder().setId(id).build())
                                .getData()
                                .toByteArray());
    }

    @Override
    public Optional<SshAgent> agent(String id) {
        return ask(
                        "ssh agent " + id,
                        () ->
                                SSHGrpc.newBlockingStub(session.channel())
                                        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                        .checkAgent(
                                                CheckAgentRequest.newBuilder().setId(id).build()))
                .map(there -> builds.agentSocket(() -> AgentStream.open(session, id)));
    }

    @Override
    public Credentials login(String host) {
        String asked = host.equals("docker.io") ? "registry-1.docker.io" : host;
        return ask(
                        "login at " + host,
                        () ->
                                AuthGrpc.newBlockingStub(session.channel())
                                        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                        .credentials(
                                                CredentialsRequest.newBuilder()
                                                        .setHost(asked)
                                                        .build()))
                .map(SessionClient::credentials)
                .orElse(Credentials.NONE);
    }

    /// A secret without a name is an identity token.
    private static Credentials credentials(CredentialsResponse answer) {
        return answer.getUsername().isEmpty()
                ? new Credentials("", "", answer.getSecret(), "")
                : new Credentials(answer.getUsername(), answer.getSecret(), "", "");
    }

    @Override
    public Optional<NamedContext> context(String name) {
        return contexts.apply(name);
    }

    @Override
    public List<CacheSource> caches() {
        return caches;
    }

    /// Empty where the client has no such thing, or has nothing of the kind at all.
    private static <T> Optional<T> ask(String what, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case NOT_FOUND, UNIMPLEMENTED -> Optional.empty();
                case UNKNOWN -> {
                    String why = String.valueOf(e.getStatus().getDescription());
                    if (why.contains("not found") || why.contains("unset ssh forward key")) {
                        yield Optional.empty();
                    }
                    throw failed(what, e);
                }
                default -> throw failed(what, e);
            };
        }
    }

    private static Unavailable failed(String what, StatusRuntimeException e) {
        return new Unavailable(
                new Subject("session", what),
                "the client did not give the " + what + ": " + e.getStatus().getDescription(),
                e);
    }
}
