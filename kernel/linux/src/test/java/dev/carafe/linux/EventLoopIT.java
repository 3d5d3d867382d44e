package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopIT {
    private final EventLoop loop = new EventLoop("test-events");

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void aPipeTellsOfBytesAndOfItsEnd() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Pipes.Pipe pipe = Pipes.pipe(Pipes.O_NONBLOCK);
        EventLoop.Registration registration =
                loop.watch(
                        pipe.read(),
                        EventLoop.IN,
                        events -> {
                            byte[] bytes = new byte[10];
                            int n = Pipes.read(pipe.read(), bytes);
                            seen.add(
                                    n < 0
                                            ? "end"
                                            : new String(bytes, 0, n, StandardCharsets.UTF_8));
                            if (n < 0) {
                                pipe.read().close();
                            }
                        });
        Pipes.write(pipe.write(), "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(seen.take()).isEqualTo("hello");
        pipe.write().close();
        assertThat(seen.take()).isEqualTo("end");
        registration.close();
        registration.close();
    }

    @Test
    void aClosedRegistrationHearsNothingMore() throws InterruptedException {
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        try (Fd event = Pipes.eventfd(1, Pipes.EFD_NONBLOCK)) {
            EventLoop.Registration registration = loop.watch(event, EventLoop.IN, seen::add);
            assertThat(seen.take()).isEqualTo(EventLoop.IN);
            registration.modify(0);
            registration.close();
            afterTasks();
            seen.clear();
            Pipes.signal(event);
            afterTasks();
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aHandlerThatThrowsLosesItsWatchAndTheLoopGoesOn() throws InterruptedException {
        try (Fd event = Pipes.eventfd(1, Pipes.EFD_NONBLOCK)) {
            BlockingQueue<Integer> calls = new LinkedBlockingQueue<>();
            loop.watch(
                    event,
                    EventLoop.IN,
                    events -> {
                        calls.add(events);
                        throw new IllegalStateException("on purpose");
                    });
            calls.take();
            afterTasks();
            assertThat(calls).isEmpty();
            loop.watch(
                    event,
                    EventLoop.IN,
                    events -> {
                        Pipes.read(event, new byte[8]);
                        calls.add(events);
                    });
            assertThat(calls.take()).isEqualTo(EventLoop.IN);
        }
    }

    @Test
    void aPidfdTellsThatItsProcessEnded() throws InterruptedException {
        int pid =
                Processes.spawn(
                        new SpawnRequest(
                                "/bin/sleep", List.of("sleep", "0.05"), List.of(), Map.of(), true));
        BlockingQueue<Processes.Waited> ended = new LinkedBlockingQueue<>();
        try (Fd pidfd = Processes.pidfdOpen(pid)) {
            EventLoop.Registration[] own = new EventLoop.Registration[1];
            CountDownLatch ready = new CountDownLatch(1);
            own[0] =
                    loop.watch(
                            pidfd,
                            EventLoop.IN,
                            events -> {
                                await(ready);
                                Processes.tryWaitPid(pid).ifPresent(ended::add);
                                own[0].close();
                            });
            ready.countDown();
            assertThat(ended.take().exitCode()).isZero();
        }
    }

    @Test
    void tasksRunInOrderOnTheLoopsThread() throws InterruptedException {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            loop.execute(() -> seen.add(number));
        }
        loop.execute(() -> seen.add(loop.onLoopThread()));
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.take()).isEqualTo(i);
        }
        assertThat(seen.take()).isEqualTo(true);
    }

    private void afterTasks() throws InterruptedException {
        // two rounds: the events of one wait are handed out before its tasks
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(1);
            loop.execute(done::countDown);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
