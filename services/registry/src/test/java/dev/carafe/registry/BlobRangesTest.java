package dev.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.DataLoss;
import dev.carafe.oci.Descriptor;
import dev.carafe.testkit.TestRegistry;
import dev.carafe.testkit.TestRegistry.Call;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A large blob of a server that gives each connection little.
class BlobRangesTest {
    private static final int SLICE = 1 << 20;
    private static final int SIZE = 14 * SLICE + 77;

    private final byte[] content = new byte[SIZE];
    private final List<Integer> offsets = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final TestRegistry server = new TestRegistry();
    private RegistryOptions options =
            RegistryOptions.defaults()
                    .withPatience(3, Duration.ofMillis(5), Duration.ofSeconds(30));
    private final Descriptor blob;
    private BlobStream.Verdict verdict = (waited, elapsed) -> true;

    BlobRangesTest() {
        new Random(11).nextBytes(content);
        blob = server.putBlob("app", "application/octet-stream", content);
    }

    @BeforeEach
    void slow() {
        server.fault(this::slowly);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private boolean slowly(Call call) throws IOException {
        return call.path().contains("/blobs/") && slowly(call, call.end(SIZE));
    }

    private boolean slowly(Call call, int to) throws IOException {
        int from = call.offset();
        offsets.add(from);
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        boolean part = from > 0 || to < SIZE;
        if (part) {
            call.header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + SIZE);
        }
        try (OutputStream out = call.begin(part ? 206 : 200, to - from)) {
            for (int at = from; at < to; at += SLICE) {
                Thread.sleep(20);
                out.write(content, at, Math.min(SLICE, to - at));
                out.flush();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            open.decrementAndGet();
        }
        return true;
    }

    private byte[] read() throws IOException {
        try (Repository repository =
                        new Registries(() -> options).open(server.name("app:1"), Credentials.NONE);
                BlobStream in = repository.blob(blob, verdict)) {
            return in.readAllBytes();
        }
    }

    @Test
    void comesInRangesSideBySide() throws IOException {
        assertThat(Arrays.equals(read(), content)).isTrue();
        assertThat(most.get()).isGreaterThan(1);
        assertThat(offsets).hasSizeGreaterThan(3).doesNotHaveDuplicates();
    }

    @Test
    void comesByOneConnectionFromAServerThatIsFastEnough() throws IOException {
        verdict = (waited, elapsed) -> false;
        assertThat(Arrays.equals(read(), content)).isTrue();
        assertThat(offsets).containsExactly(0);
    }

    @Test
    void isJudgedByTheTimeThatReadsWait() {
        verdict = BlobStream.Verdict.BY_HALF;
        assertThat(verdict.slow(Duration.ofMillis(51), Duration.ofMillis(100))).isTrue();
        assertThat(verdict.slow(Duration.ofMillis(50), Duration.ofMillis(100))).isFalse();
    }

    @Test
    void comesByOneConnectionWhereToldSo() throws IOException {
        options = options.withRanges(1);
        assertThat(Arrays.equals(read(), content)).isTrue();
        assertThat(offsets).containsExactly(0);
    }

    @Test
    void comesByOneConnectionFromAServerThatKnowsNoRanges() throws IOException {
        server.fault(call -> {
            if (!call.path().contains("/blobs/")) {
                return false;
            }
            offsets.add(call.offset());
            try (OutputStream out = call.begin(200, SIZE)) {
                for (int at = 0; at < SIZE; at += SLICE) {
                    Thread.sleep(20);
                    out.write(content, at, Math.min(SLICE, SIZE - at));
                    out.flush();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return true;
        });
        assertThat(Arrays.equals(read(), content)).isTrue();
        assertThat(offsets).hasSizeGreaterThan(1);
    }

    /// From where the broken range began, by one connection.
    @Test
    void bearsARangeThatBreaks() throws IOException {
        AtomicInteger refused = new AtomicInteger();
        server.fault(call -> {
            if (call.path().contains("/blobs/")
                    && call.end(SIZE) < SIZE
                    && call.offset() > 8 * SLICE
                    && refused.getAndIncrement() == 0) {
                call.error(429, "TOOMANYREQUESTS", "too many connections");
                return true;
            }
            return slowly(call);
        });
        assertThat(Arrays.equals(read(), content)).isTrue();
        assertThat(refused.get()).isPositive();
    }

    @Test
    void refusesARangeOfOtherBytes() {
        byte wrong = (byte) ~content[SIZE - 1];
        server.fault(call -> {
            if (call.offset() > 0) {
                content[SIZE - 1] = wrong;
            }
            return slowly(call);
        });
        assertThatThrownBy(this::read).hasCauseInstanceOf(DataLoss.class);
    }
}
