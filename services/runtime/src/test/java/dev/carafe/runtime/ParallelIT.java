package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ParallelIT {
    private static final int MANY = 50;

    /// The check for leaks is at the end of {@link Containers}.
    @Test
    void fiftyAtOnceComeAndGo() throws Exception {
        try (Containers containers = new Containers();
                ExecutorService threads = Executors.newFixedThreadPool(MANY)) {
            assertThat(all(threads, () -> containers.run(Specs.shell("echo $$; exit 5").spec())))
                    .allMatch(r -> r.exit().code() == 5 && r.out().equals("1\n"));
        }
    }

    @Test
    void fiftyExecsAtOnceOnVirtualThreads() throws Exception {
        try (Containers containers = new Containers();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ContainerHandle container =
                    containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
            container.start();
            assertThat(
                            all(
                                    threads,
                                    () ->
                                            containers.exec(
                                                    container, Specs.of("echo", "hi").process())))
                    .allMatch("hi"::equals);
            container.delete();
        }
    }

    @Test
    void failedStartsLeaveNothing() throws Exception {
        try (Containers containers = new Containers();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            assertThat(all(threads, () -> failure(containers)))
                    .containsOnly("mount nosuchfs on /x: no such device");
        }
    }

    private static String failure(Containers containers) {
        try {
            containers.run(Specs.of("true").mount("/x", "nosuchfs", "none").spec());
            return "";
        } catch (StartFailed e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static <T> List<T> all(ExecutorService threads, Callable<T> work) throws Exception {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            futures.add(threads.submit(work));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : futures) {
            results.add(each.get());
        }
        return results;
    }
}
