package dev.carafe.dockerapi.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LazyOutputTest {
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    @Test
    void whatComesAfterGivingUpIsDropped() throws Exception {
        LazyOutput out =
                new LazyOutput(() -> {
                    throw new AssertionError("begun all the same");
                });
        assertThat(out.giveUp()).isTrue();
        out.write(new byte[] {1, 2}, 0, 2);
        out.flush();
        assertThat(out.giveUp()).isTrue();
        assertThat(answer.size()).isZero();
    }

    @Test
    void anAnswerThatHasBegunIsNotGivenUp() throws Exception {
        LazyOutput out = new LazyOutput(() -> answer);
        out.write('x');
        assertThat(out.giveUp()).isFalse();
        out.write('y');
        assertThat(answer.toString()).isEqualTo("xy");
    }

    @Test
    void anAnswerThatIsJustBeginningHasBegun() throws Exception {
        CountDownLatch beginning = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        LazyOutput out =
                new LazyOutput(() -> {
                    beginning.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return answer;
                });
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> {
                    try {
                        out.write('x');
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        assertThat(beginning.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(out::giveUp);
        go.countDown();
        assertThat(asked.get(30, TimeUnit.SECONDS)).isFalse();
        writing.get(30, TimeUnit.SECONDS);
        assertThat(answer.toString()).isEqualTo("x");
    }
}
