package dev.carafe.engine.container;

import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.ExitStatus;
import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A {@link ContainerState} as it lies on the disk: one flat record.
///
/// @param word as {@link ContainerState#word}
/// @param exit `code`, `signal`, `never-started`, `lost`; null when it never ended
@Json
public record StoredState(
        String word,
        int pid,
        long startTicks,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String exit,
        int exitCode,
        boolean oomKilled,
        @Nullable String reason,
        int attempt,
        @Nullable Instant notBefore) {
    private static final StoredState CREATED =
            new StoredState("created", 0, 0, null, null, null, 0, false, null, 0, null);

    static StoredState of(ContainerState state) {
        return switch (state) {
            case ContainerState.Created c -> CREATED;
            case ContainerState.Running r -> running("running", r);
            case ContainerState.Paused p -> running("paused", p.running());
            case ContainerState.Restarting r ->
                    ended("restarting", r.last(), r.attempt(), r.notBefore());
            case ContainerState.Exited e -> ended("exited", e, 0, null);
            case ContainerState.Removing r -> of(r.before()).named("removing", null);
            case ContainerState.Dead d -> of(d.before()).named("dead", d.why());
        };
    }

    ContainerState state() {
        return switch (word) {
            case "created" -> new ContainerState.Created();
            case "running" -> running();
            case "paused" -> new ContainerState.Paused(running());
            case "restarting" ->
                    new ContainerState.Restarting(
                            exited(), attempt, notBefore == null ? Instant.EPOCH : notBefore);
            case "removing" -> new ContainerState.Removing(before());
            case "dead" -> new ContainerState.Dead(reason == null ? "" : reason, before());
            default -> exited();
        };
    }

    private ContainerState before() {
        return exit == null ? new ContainerState.Created() : exited();
    }

    private ContainerState.Running running() {
        return new ContainerState.Running(
                pid, startTicks, startedAt == null ? Instant.EPOCH : startedAt);
    }

    private ContainerState.Exited exited() {
        return new ContainerState.Exited(
                status(), startedAt, finishedAt == null ? Instant.EPOCH : finishedAt);
    }

    private ExitStatus status() {
        String why = reason == null ? "" : reason;
        return switch (exit == null ? "lost" : exit) {
            case "code" -> new ExitStatus.Code(exitCode);
            case "signal" -> new ExitStatus.Signal(exitCode, oomKilled);
            case "never-started" -> new ExitStatus.NeverStarted(exitCode, why);
            default -> new ExitStatus.Lost(why);
        };
    }

    private StoredState named(String newWord, @Nullable String newReason) {
        return new StoredState(
                newWord,
                pid,
                startTicks,
                startedAt,
                finishedAt,
                exit,
                exitCode,
                oomKilled,
                newReason == null ? reason : newReason,
                attempt,
                notBefore);
    }

    private static StoredState running(String word, ContainerState.Running r) {
        return new StoredState(
                word, r.pid(), r.startTicks(), r.startedAt(), null, null, 0, false, null, 0, null);
    }

    private static StoredState ended(
            String word, ContainerState.Exited e, int attempt, @Nullable Instant notBefore) {
        return switch (e.status()) {
            case ExitStatus.Code c ->
                    ended(word, e, "code", c.code(), false, null, attempt, notBefore);
            case ExitStatus.Signal s ->
                    ended(word, e, "signal", s.signal(), s.oomKilled(), null, attempt, notBefore);
            case ExitStatus.NeverStarted n ->
                    ended(
                            word,
                            e,
                            "never-started",
                            n.code(),
                            false,
                            n.reason(),
                            attempt,
                            notBefore);
            case ExitStatus.Lost l ->
                    ended(word, e, "lost", 0, false, l.reason(), attempt, notBefore);
        };
    }

    private static StoredState ended(
            String word,
            ContainerState.Exited e,
            String exit,
            int code,
            boolean oomKilled,
            @Nullable String reason,
            int attempt,
            @Nullable Instant notBefore) {
        return new StoredState(
                word,
                0,
                0,
                e.startedAt(),
                e.finishedAt(),
                exit,
                code,
                oomKilled,
                reason,
                attempt,
                notBefore);
    }
}
