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
        CompletableFuture<Void> ended =
                container.whileLocked(() -> {
                    if (cancelRestart(container)) {
                        return CompletableFuture.completedFuture(null);
                    }
                    ContainerHandle handle = container.handle();
                    if (handle == null || !container.state().isRunning()) {
                        throw new NotModified("container " + container.id() + " is not running");
                    }
                    send(container, handle, signal, true);
                    return container.ended();
                });
        if (!await(ended, timeout)) {
            kill(container);
        }
        events.publish(container.record(), "stop");
    }

    /// Kills it if it runs, and returns when it has ended. A restart that was to come is called
    /// off.
    public void kill(Container container) {
        container.locked(() -> {
            ContainerHandle handle = container.handle();
            if (!cancelRestart(container) && handle != null && container.state().isRunning()) {
                send(container, handle, Signals.KILL, true);
            }
        });
        awaitEnd(container);
    }

    /// Returns when one that was killed has ended.
    public void awaitEnd(Container container) {
        if (!await(container.ended(), AFTER_KILL)) {
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
    /// @param ends the signal is one that stops it: its restart policy leaves it alone from now on
    /// @throws Conflict it does not run
    public void signal(Container container, int signal, boolean ends) {
        container.locked(() -> {
            if (container.state() instanceof ContainerState.Restarting) {
                // There is no process to take it.
                if (ends) {
                    cancelRestart(container);
                }
                return;
            }
            send(container, container.running(), signal, ends);
        });
    }

    /// The lock must be held.
    ///
    /// @return whether there was one
    private static boolean cancelRestart(Container container) {
        if (!(container.state() instanceof ContainerState.Restarting due)) {
            return false;
        }
        container.move(new LifeEvent.RestartCanceled(), r -> r.stoppedByUser(true));
        container.announceExit(due.last().status());
        return true;
    }

    /// A frozen process that shall end is thawed, to take the signal. The lock must be held.
    private void send(Container container, ContainerHandle handle, int signal, boolean ends) {
        if (ends && !container.record().stoppedByUser()) {
            container.change(r -> r.stoppedByUser(true));
        }
        try {
            handle.kill(signal);
        } catch (Conflict e) {
            // It has ended this moment; whoever waits for the end gets it.
        }
        events.publish(container.record(), "kill", Map.of("signal", String.valueOf(signal)));
        if (ends && container.state() instanceof ContainerState.Paused) {
            handle.resume();
            container.move(new LifeEvent.Resumed()); // not told, as dockerd does not
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
