package dev.carafe.engine.health;

import dev.carafe.base.CarafeException;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.exec.ExecInstance;
import dev.carafe.engine.exec.Execs;
import dev.carafe.engine.state.Health;
import dev.carafe.engine.streams.AttachSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One check: an exec in the container, killed when it takes too long.
final class Probe {
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private final Execs execs;
    private final Container container;
    private final Healthcheck check;

    Probe(Execs execs, Container container, Healthcheck check) {
        this.execs = execs;
        this.container = container;
        this.check = check;
    }

    /// Blocks until the check is over.
    ///
    /// @param stop completes when nobody wants to know any more: the check is killed
    /// @return empty when it was stopped
    Optional<Health.Result> run(CompletableFuture<Void> stop) {
        Instant start = Instant.now();
        try {
            return run(start, stop);
        } catch (CarafeException e) {
            return stop.isDone() ? Optional.empty() : Optional.of(failed(start, e.text()));
        }
    }

    private Optional<Health.Result> run(Instant start, CompletableFuture<Void> stop) {
        LimitedOutput output = new LimitedOutput();
        ExecInstance exec = execs.prepare(container, config());
        AttachSession session = exec.streams().attach(false, true, true, false, null, output);
        try {
            execs.start(exec, null);
            boolean over = happens(CompletableFuture.anyOf(stop, session.ended()), check.timeout());
            if (over && !stop.isDone()) {
                int code = Objects.requireNonNullElse(exec.view().exitCode(), -1);
                return Optional.of(new Health.Result(start, Instant.now(), code, output.text()));
            }
            execs.kill(exec);
            happens(session.ended(), AFTER_KILL);
            return over ? Optional.empty() : Optional.of(failed(start, tooLong(output.text())));
        } finally {
            session.close();
            execs.forget(exec);
        }
    }

    private ExecConfig config() {
        List<String> words = check.command(container.record().config().shell());
        return ExecConfig.of(words);
    }

    private String tooLong(String output) {
        String words = "Health check exceeded timeout (" + GoDuration.text(check.timeout()) + ")";
        return output.isEmpty() ? words : words + ": " + output;
    }

    private static Health.Result failed(Instant start, String why) {
        return new Health.Result(start, Instant.now(), -1, why);
    }

    /// Whether the future completes in time.
    private static boolean happens(CompletableFuture<?> future, Duration limit) {
        return future.copy()
                .handle((r, e) -> true)
                .completeOnTimeout(false, limit.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
