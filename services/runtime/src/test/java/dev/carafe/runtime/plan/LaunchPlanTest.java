package dev.carafe.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Errno;
import dev.carafe.linux.Fd;
import dev.carafe.linux.SyscallNumbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaunchPlanTest {
    private static final long ADDRESS = 0x10_0000_0000L;

    @Test
    void aPlanIsEncodedAsTheLauncherReadsIt() throws Exception {
        LaunchPlan plan = new LaunchPlan();
        Mark end = plan.mark();
        long text = plan.text("hello");
        Step first =
                plan.step("first", SyscallNumbers.WRITE, 1, text, 5)
                        .tolerate(Errno.EAGAIN, Errno.EINTR);
        plan.step("second", SyscallNumbers.CLOSE, first.result())
                .indirect(0)
                .onError(end)
                .onZero(end);
        plan.place(end);
        plan.placeFailure();
        plan.step("end", SyscallNumbers.EXIT_GROUP, 3);
        ByteBuffer in = content(plan);
        assertThat(in.getLong(8)).isEqualTo(ADDRESS);
        assertThat(in.getLong(16)).isEqualTo(in.capacity());
        assertThat(in.getLong(40)).isEqualTo(3);
        int steps = (int) (in.getLong(24) - ADDRESS);
        assertThat(in.getShort(steps + 64)).isEqualTo((short) SyscallNumbers.WRITE);
        assertThat(in.get(steps + 64 + 3)).isEqualTo((byte) Errno.EAGAIN);
        assertThat(in.get(steps + 64 + 4)).isEqualTo((byte) Errno.EINTR);
        assertThat(in.getLong(steps + 64 + 16)).isEqualTo(1);
        assertThat(string(in, in.getLong(steps + 64 + 24))).isEqualTo("hello");
        int second = steps + 128;
        assertThat(in.get(second + 2)).isEqualTo((byte) 1);
        assertThat(in.getShort(second + 6)).isEqualTo((short) 3);
        assertThat(in.getShort(second + 8)).isEqualTo((short) 3);
        assertThat(in.getShort(second + 10)).isZero();
        assertThat(in.getLong(second + 16)).isEqualTo(first.result());
    }

    @Test
    void equalTextsShareAnAddress() {
        LaunchPlan plan = new LaunchPlan();
        assertThat(plan.text("/proc"))
                .isEqualTo(plan.text("/proc"))
                .isNotEqualTo(plan.text("/sys"));
        assertThatThrownBy(() -> plan.text("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marksArePlacedOnce() {
        LaunchPlan plan = new LaunchPlan();
        Mark mark = plan.mark();
        plan.step("jump", SyscallNumbers.GETPID).onZero(mark);
        plan.placeFailure();
        assertThatThrownBy(plan::toMemfd).hasMessageContaining("never placed");
        plan.place(mark);
        assertThatThrownBy(() -> plan.place(mark)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPlanHasALimit() {
        LaunchPlan plan = new LaunchPlan();
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                plan.step("more", SyscallNumbers.GETPID);
                            }
                        })
                .hasMessageContaining("at most");
    }

    @Test
    void reportsAreRead() {
        ByteBuffer exit =
                record(Report.EXITED).putLong(7 << 8).putLong(100).putLong(5).putLong(1).putLong(2);
        exit.putLong(3).putLong(4);
        Report.Exited exited = (Report.Exited) Report.parse(exit.array());
        assertThat(exited)
                .isEqualTo(
                        new Report.Exited(
                                7 << 8, Instant.ofEpochSecond(100, 5), 1_000_002, 3_000_004));
        assertThat(exited.code()).isEqualTo(7);
        assertThat(new Report.Exited(9, Instant.EPOCH, 0, 0).code()).isEqualTo(137);
        // with a core dump
        assertThat(new Report.Exited(0x8b, Instant.EPOCH, 0, 0).code()).isEqualTo(139);
        assertThat(Report.parse(record(Report.CREATED).put("4711".getBytes()).array()))
                .isEqualTo(new Report.Created(4711));
        assertThat(Report.parse(record(Report.FAILED).putLong(12).putLong(2).array()))
                .isEqualTo(new Report.Failed(12, 2));
        assertThatThrownBy(() -> Report.parse(new byte[64]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Report.parse(new byte[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer record(int type) {
        return ByteBuffer.allocate(Report.SIZE).order(ByteOrder.nativeOrder()).putLong(type);
    }

    private static ByteBuffer content(LaunchPlan plan) throws Exception {
        try (Fd fd = plan.toMemfd()) {
            return ByteBuffer.wrap(Files.readAllBytes(fd.procPath()))
                    .order(ByteOrder.nativeOrder());
        }
    }

    private static String string(ByteBuffer in, long address) {
        StringBuilder text = new StringBuilder();
        for (int at = (int) (address - ADDRESS); in.get(at) != 0; at++) {
            text.append((char) in.get(at));
        }
        return text.toString();
    }
}
