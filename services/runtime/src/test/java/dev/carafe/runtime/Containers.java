package dev.carafe.runtime;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.EventLoop;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.testkit.LeakCheck;
import dev.carafe.testkit.TempDirs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;

/// A runtime with a root file system of busybox, for kernel tests; at its end it looks for leaks.
final class Containers implements AutoCloseable {
    static final int SECONDS = 30;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TempDirs temp = TempDirs.create("runtime");
    final EventLoop loop = new EventLoop("runtime-test");
    final LaunchRuntime runtime;
    final Path root;
    private final String mark =
            "it" + ProcessHandle.current().pid() + "x" + NUMBER.incrementAndGet();
    private final LeakCheck leaks;
    private final AtomicInteger next = new AtomicInteger();

    Containers() {
        runtime = new LaunchRuntime(loop, CgroupManager.detect(), temp.dir("runtime"));
        root = temp.root().resolve("root");
        BusyboxRoot.make(root);
        leaks = LeakCheck.begin(temp.root().toString(), mark);
    }

    /// What a container wrote and how it ended.
    record Result(String out, String err, Exit exit) {}

    String newId() {
        return mark + "n" + next.incrementAndGet();
    }

    Path runDir(String id) {
        return temp.dir("run/" + id);
    }

    ContainerHandle create(Spec spec, StdioRequest stdio) {
        String id = newId();
        return runtime.create(
                new CreateRequest(
                        id, spec, new RootFilesystem.Directory(root), stdio, null, runDir(id)));
    }

    /// Runs to the end and deletes.
    Result run(Spec spec) {
        ContainerHandle container = create(spec, StdioRequest.pipes(false));
        try {
            container.start();
            return finish(container);
        } finally {
            container.delete();
        }
    }

    /// Its output without the last line end.
    String output(Spec spec) {
        Result result = run(spec);
        if (result.exit().code() != 0) {
            throw new AssertionError(result);
        }
        return result.out().stripTrailing();
    }

    Result finish(ContainerHandle container) {
        CompletableFuture<String> err =
                CompletableFuture.supplyAsync(() ->
                        container.stdio().stderr() == null
                                ? ""
                                : drain(container.stdio().stderr(), container.exited()));
        String out = drain(container.stdio().stdout(), container.exited());
        return new Result(out, join(err), join(container.exited()));
    }

    String exec(ContainerHandle container, dev.carafe.oci.runtime.Process process) {
        ExecHandle exec = startExec(container, process, StdioRequest.pipes(false));
        try (exec) {
            String out = drain(exec.stdio().stdout(), exec.exited());
            String err = drain(exec.stdio().stderr(), exec.exited());
            exec.release();
            return (out + err).stripTrailing();
        }
    }

    ExecHandle startExec(
            ContainerHandle container, dev.carafe.oci.runtime.Process process, StdioRequest stdio) {
        String id = newId();
        return runtime.exec(
                new ExecRequest(container.id(), id, container, process, stdio, runDir(id)));
    }

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Reads until the process has ended and nothing is left.
    static String drain(Fd fd, CompletableFuture<Exit> exited) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[65536];
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < deadline) {
            boolean ended = exited.isDone();
            int n = read(fd, buffer);
            if (n > 0) {
                all.write(buffer, 0, n);
            } else if (n < 0 || ended) {
                return all.toString(StandardCharsets.UTF_8);
            } else {
                pause();
            }
        }
        throw new AssertionError("no end of output; so far: " + all);
    }

    /// Reads until the text has come.
    static String await(Fd fd, String text) {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[4096];
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < deadline) {
            int n = read(fd, buffer);
            if (n > 0) {
                all.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
            if (all.indexOf(text) >= 0) {
                return all.toString();
            }
            if (n <= 0) {
                pause();
            }
        }
        throw new AssertionError("'" + text + "' did not come; so far: " + all);
    }

    static void write(Fd fd, String text) {
        Pipes.write(fd, text.getBytes(StandardCharsets.UTF_8));
    }

    static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // a terminal's end is the error EIO
    private static int read(Fd fd, byte[] buffer) {
        try {
            return Pipes.read(fd, buffer);
        } catch (ErrnoException e) {
            return -1;
        }
    }

    static List<String> descriptorsOf(int pid) throws IOException {
        List<String> found = new ArrayList<>();
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            files.forEach(f -> found.add(f.getFileName().toString()));
        }
        found.sort(null);
        return found;
    }

    /// The kernel lets a waiting parent go on (vfork) a moment before it closes what is
    /// close-on-exec.
    static void assertThreeDescriptors(int pid) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (descriptorsOf(pid).size() > 3 && System.nanoTime() < deadline) {
            pause();
        }
        Assertions.assertThat(descriptorsOf(pid)).containsExactly("0", "1", "2");
    }

    @Override
    public void close() {
        runtime.close();
        loop.close();
        // the two descriptors of the runtime and the loop's are older than the check
        leaks.close();
        temp.close();
    }
}
