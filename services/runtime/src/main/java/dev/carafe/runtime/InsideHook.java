package dev.carafe.runtime;

import dev.carafe.base.Canceled;
import dev.carafe.base.Internal;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.oci.runtime.Hooks.Hook;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs a hook as one more process of a container, confined as its program will be, with the
/// container's state on its stdin (runtime-spec config.md#startContainer-hooks).
final class InsideHook {
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final int PIECE = 64 << 10;

    private final Hook hook;
    private final RunningExec exec;
    private boolean told;

    private InsideHook(Hook hook, RunningExec exec) {
        this.hook = hook;
        this.exec = exec;
    }

    /// @param folder for the process, made and removed
    /// @throws Internal when it fails
    static void run(
            Services services,
            RunningContainer container,
            Spec spec,
            Hook hook,
            State state,
            Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ExecRequest request =
                new ExecRequest(
                        container.id(),
                        "hook",
                        container,
                        process(Objects.requireNonNull(spec.process()), hook),
                        StdioRequest.pipes(true),
                        folder);
        try (ExecCreation creation = new ExecCreation(services, request, container)) {
            RunningExec exec = creation.create();
            try {
                new InsideHook(hook, exec).serve(SpecJson.print(state));
            } finally {
                exec.release();
                exec.close();
            }
        } finally {
            remove(folder);
        }
    }

    private static Process process(Process program, Hook hook) {
        List<String> words = new ArrayList<>(List.of(hook.path()));
        words.addAll(hook.args().stream().skip(1).toList());
        return program.with().args(words).env(hook.env()).cwd("/").terminal(false).build();
    }

    private static void remove(Path folder) {
        RunFile.clear(folder);
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(byte[] state) {
        ByteBuffer rest = ByteBuffer.wrap(state);
        long end = System.nanoTime() + OciHooks.timeout(hook).toNanos();
        while (!exec.exited().isDone()) {
            tell(rest);
            drain(exec.stdio().stdout());
            drain(exec.stdio().stderr());
            if (System.nanoTime() > end) {
                exec.kill(9);
                throw new Internal(OciHooks.tooLong("startContainer", hook));
            }
            pause();
        }
        int code = exec.exited().join().code();
        if (code != 0) {
            throw new Internal(OciHooks.failed("startContainer", hook, code));
        }
    }

    /// Writes what fits, and the end behind the last of it. A hook need not read.
    private void tell(ByteBuffer rest) {
        Fd stdin = exec.stdio().stdin();
        if (stdin == null || told) {
            return;
        }
        try {
            Pipes.write(stdin, rest);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EPIPE) {
                throw e;
            }
            rest.position(rest.limit());
        }
        if (!rest.hasRemaining()) {
            told = true;
            exec.closeStdin();
        }
    }

    /// What it says is nobody's.
    private static void drain(@Nullable Fd output) {
        if (output != null) {
            Pipes.read(output, new byte[PIECE]);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Canceled("interrupted");
        }
    }
}
