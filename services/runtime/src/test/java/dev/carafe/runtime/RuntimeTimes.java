package dev.carafe.runtime;

import dev.carafe.linux.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Prints how long containers and execs take, in microseconds; run by hand as root, with the test
/// class path. Argument: how many of each (100).
final class RuntimeTimes {
    private RuntimeTimes() {}

    /// From the request on, without the time between create and start.
    private record Times(
            long created, long started, long firstByte, long exitKnown, long deleted) {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        try (Containers containers = new Containers()) {
            for (int i = 0; i < 2 * count; i++) {
                container(containers);
            }
            print("container, one after the other", repeated(count, () -> container(containers)));
            ContainerHandle sleeper =
                    containers.create(Specs.of("sleep", "1000").spec(), StdioRequest.pipes(false));
            sleeper.start();
            repeated(count, () -> exec(containers, sleeper));
            print("exec, one after the other", repeated(count, () -> exec(containers, sleeper)));
            sleeper.delete();
            for (int threads : new int[] {2, 50}) {
                parallel(containers, threads, count);
            }
        }
    }

    private static Times container(Containers containers) throws Exception {
        long begin = System.nanoTime();
        ContainerHandle container =
                containers.create(Specs.of("echo", "hi").spec(), StdioRequest.pipes(false));
        long created = System.nanoTime();
        CompletableFuture<Long> firstByte = new CompletableFuture<>();
        EventLoop.Registration watch =
                containers.loop.watch(
                        container.stdio().stdout(),
                        EventLoop.IN | EventLoop.ONESHOT,
                        events -> firstByte.complete(System.nanoTime()));
        long between = System.nanoTime() - created;
        container.start();
        long started = System.nanoTime();
        long byteAt = firstByte.get(Containers.SECONDS, TimeUnit.SECONDS);
        Containers.join(container.exited());
        long exited = System.nanoTime();
        watch.close();
        container.delete();
        return new Times(
                created - begin,
                started - begin - between,
                byteAt - begin - between,
                exited - begin - between,
                System.nanoTime() - exited);
    }

    private static Times exec(Containers containers, ContainerHandle container) throws Exception {
        long begin = System.nanoTime();
        ExecHandle exec =
                containers.startExec(
                        container, Specs.of("echo", "hi").process(), StdioRequest.pipes(false));
        long started = System.nanoTime();
        CompletableFuture<Long> firstByte = new CompletableFuture<>();
        EventLoop.Registration watch =
                containers.loop.watch(
                        exec.stdio().stdout(),
                        EventLoop.IN | EventLoop.ONESHOT,
                        events -> firstByte.complete(System.nanoTime()));
        long byteAt = firstByte.get(Containers.SECONDS, TimeUnit.SECONDS);
        Containers.join(exec.exited());
        long exited = System.nanoTime();
        watch.close();
        exec.release();
        exec.close();
        return new Times(
                0, started - begin, byteAt - begin, exited - begin, System.nanoTime() - exited);
    }

    private static void parallel(Containers containers, int threads, int count) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            long begin = System.nanoTime();
            List<Future<Times>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(pool.submit(() -> container(containers)));
            }
            List<Times> all = new ArrayList<>();
            for (Future<Times> each : futures) {
                all.add(each.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            print("container, %d threads, %.0f/s".formatted(threads, count / seconds), all);
        }
    }

    private static List<Times> repeated(int count, Callable<Times> work) throws Exception {
        List<Times> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(work.call());
        }
        return all;
    }

    private static void print(String what, List<Times> times) {
        System.out.println(what);
        row("created", times.stream().mapToLong(Times::created).sorted().toArray());
        row("started", times.stream().mapToLong(Times::started).sorted().toArray());
        row("first byte", times.stream().mapToLong(Times::firstByte).sorted().toArray());
        row("exit known", times.stream().mapToLong(Times::exitKnown).sorted().toArray());
        row("deleted, after the exit", times.stream().mapToLong(Times::deleted).sorted().toArray());
    }

    private static void row(String what, long[] sorted) {
        System.out.printf(
                "  %-24s p10 %7d  p50 %7d  p99 %7d%n",
                what,
                sorted[sorted.length / 10] / 1000,
                sorted[sorted.length / 2] / 1000,
                sorted[sorted.length * 99 / 100] / 1000);
    }
}
