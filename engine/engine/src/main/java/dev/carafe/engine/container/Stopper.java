package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.NotModified;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.state.LifeEvent;
import dev.carafe.runtime.ContainerHandle;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Brings a container down: asks it, then kills it.
public final class Stopper {
    private static final Duration AFTER_KILL = Duration.ofSeconds(30);
    private final ContainerEvents events;

    Stopper(ContainerEvents events) {
        this.events = events;
    }

    /// Returns when it has ended and its traces are gone.
    ///
    /// @param timeout null: wait for ever
    /// @throws NotModified it does not run
    public void stop(Container container, int signal, @Nullable Duration timeout) {
        @Nullable CompletableFuture<Void> ended =
                container.<@Nullable CompletableFuture<Void>>whileLocked(() -> {
                    if (container.state() instanceof ContainerState.Restarting) {
                        container.move(new LifeEvent.RestartCanceled());
                        container.change(r -> r.stoppedByUser(true));
                        events.publish(container.record(), "stop");
                        return null;
                    }
                    ContainerHandle handle = container.handle();
                    if (handle == null || !container.state().isRunning()) {
                        throw new NotModified("container " + container.id() + " is not running");
                    }
                    container.change(r -> r.stoppedByUser(true));
                    send(container, handle, signal);
                    return container.ended();
                });
        if (ended == null) {
            return;
        }
        if (!await(ended, timeout)) {
            kill(container);
        }
        events.publish(container.record(), "stop");
    }

    /// Kills it if it runs, and returns when it has ended.
    public void kill(Container container) {
        CompletableFuture<Void> ended =
                container.whileLocked(() -> {
                    ContainerHandle handle = container.handle();
                    if (handle != null && container.state().isRunning()) {
                        if (!container.record().stoppedByUser()) {
                            container.change(r -> r.stoppedByUser(true));
                        }
                        send(container, handle, Signals.KILL);
                    }
                    return container.ended();
                });
        if (!await(ended, AFTER_KILL)) {
            throw new DeadlineExceeded(
                    container.subject(),
                    "container "
                            + container.id()
                            + " did not end within "
                            + AFTER_KILL.toSeconds()
                            + " s after SIGKILL");
        }
    }

    /// Sends one signal and returns at once.
    ///
    /// @throws Conflict it does not run
    public void signal(Container container, int signal, boolean ends) {
        container.locked(() -> {
            ContainerHandle handle = container.running();
            if (ends && !container.record().stoppedByUser()) {
                container.change(r -> r.stoppedByUser(true));
            }
            send(container, handle, signal);
        });
    }

    private void send(Container container, ContainerHandle handle, int signal) {
        try {
            handle.kill(signal);
        } catch (Conflict e) {
            // It has ended this moment; whoever waits for the end gets it.
        }
        events.publish(container.record(), "kill", Map.of("signal", String.valueOf(signal)));
        if (signal == Signals.KILL && container.state() instanceof ContainerState.Paused) {
            handle.resume();
        }
    }

    private static boolean await(CompletableFuture<Void> ended, @Nullable Duration timeout) {
        try {
            if (timeout == null) {
                ended.get();
            } else {
                ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
