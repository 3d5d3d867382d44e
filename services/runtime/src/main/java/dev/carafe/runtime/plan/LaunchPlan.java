package dev.carafe.runtime.plan;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.Memfd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A list of system calls for the launcher to perform, with labels that tell what each is for. The
/// labels stay here: the launcher reports a failure as (step, error number). Not thread-safe.
///
/// Memory, as the launcher maps it privately at a fixed address:
///
/// | offset | what |
/// |---|---|
/// | 0 | header: magic, address, size, steps, results, step on failure, failed step, its errno (8 bytes each) |
/// | 64 | results, 8 bytes a step |
/// | 16 KiB | steps, 64 bytes each |
/// | behind | texts and structs |
public final class LaunchPlan {
    /// A step's number when it is not a system call: the 32 bits at its first argument become the
    /// result, so that a number in memory can be tested as a result is.
    static final int LOAD32 = 0xffff;

    private static final long MAGIC = 0x314e_414c_5046_4143L; // "CAFPLAN1"
    private static final long ADDRESS = 0x10_0000_0000L;
    private static final int RESULTS = 64;
    private static final int STEPS = 16 * 1024;
    private static final int STEP_SIZE = 64;
    private static final int MAX_STEPS = (STEPS - RESULTS) / 8;
    private static final int MEMORY = STEPS + MAX_STEPS * STEP_SIZE;
    private static final int FAILURE = 48;

    private final List<Step> steps = new ArrayList<>();
    private final List<String> phases = new ArrayList<>();
    private final PlanMemory memory = new PlanMemory(ADDRESS + MEMORY);
    private final Mark failure = new Mark();
    private final long zero = memory.words(0);
    private String phase = "";

    public LaunchPlan() {
        // a jump to step 0 is none, so nothing may want to go there
        step("begin", LOAD32, zero);
    }

    /// The steps from here on belong to this part of the work, for {@link #describe}.
    public void phase(String name) {
        phase = name;
    }

    /// Adds a system call.
    ///
    /// @param label what it is for, in words that make an error message with ": Permission denied"
    ///   behind them
    /// @param number of {@link dev.carafe.linux.SyscallNumbers}
    public Step step(String label, int number, long... args) {
        if (steps.size() == MAX_STEPS) {
            throw new IllegalStateException("a plan has at most " + MAX_STEPS + " steps");
        }
        int index = steps.size();
        Step step = new Step(index, label, number, args, ADDRESS + RESULTS + 8L * index);
        steps.add(step);
        phases.add(phase);
        return step;
    }

    /// Makes the 32 bits at `address` the result of a step; negative ones are an error.
    public Step load32(String label, long address) {
        return step(label, LOAD32, address);
    }

    /// Goes on at the mark.
    public void jump(Mark mark) {
        load32("go on", zero).onZero(mark);
    }

    public Mark mark() {
        return new Mark();
    }

    /// The mark stands for the next step that is added.
    public void place(Mark mark) {
        mark.placeAt(steps.size());
    }

    /// The next steps are what follows an error that nothing else handles; they find it at {@link
    /// #failureAddress}.
    public void placeFailure() {
        place(failure);
    }

    /// Where the failed step's index and the error number stand, 8 bytes each.
    public long failureAddress() {
        return ADDRESS + FAILURE;
    }

    /// The address of the text, ended by a zero byte.
    public long text(String text) {
        return memory.text(text);
    }

    /// The address of a copy, aligned to 8 bytes.
    public long bytes(byte[] content) {
        return memory.copy(content);
    }

    /// The address of `length` zero bytes, aligned to 8 bytes.
    public long room(int length) {
        return memory.room(length);
    }

    /// The address of these 64-bit numbers.
    public long words(long... values) {
        return memory.words(values);
    }

    /// The address of a null-terminated vector of texts.
    public long vector(List<String> texts) {
        return memory.vector(texts);
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    public Step step(int index) {
        return steps.get(index);
    }

    /// The plan as a file for the launcher.
    public Fd toMemfd() {
        Fd fd = Memfd.create("carafe-plan", false);
        try {
            byte[] content = memory.content();
            write(fd, header(content.length), 0);
            write(fd, encodedSteps(), STEPS);
            write(fd, content, MEMORY);
            return fd;
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    /// The plan in words: one line a step, with its system call and the errors that do not matter.
    public String describe() {
        return PlanText.of(steps, phases);
    }

    private byte[] header(int memorySize) {
        return buffer(FAILURE)
                .putLong(MAGIC)
                .putLong(ADDRESS)
                .putLong(MEMORY + memorySize)
                .putLong(ADDRESS + STEPS)
                .putLong(ADDRESS + RESULTS)
                .putLong(failure.index())
                .array();
    }

    private byte[] encodedSteps() {
        ByteBuffer out = buffer(steps.size() * STEP_SIZE);
        for (Step step : steps) {
            out.putShort((short) step.number()).put((byte) step.indirectBits());
            for (int i = 0; i < 3; i++) {
                out.put((byte) step.tolerated(i));
            }
            out.putShort((short) step.jumpOnError());
            out.putShort((short) step.jumpOnZero());
            out.putShort((short) step.jumpOnPositive());
            out.putInt(0);
            for (int i = 0; i < 6; i++) {
                out.putLong(step.arg(i));
            }
        }
        return out.array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private static void write(Fd fd, byte[] bytes, long position) {
        int done = 0;
        while (done < bytes.length) {
            done += FileContent.pwrite(fd, bytes, done, bytes.length - done, position + done);
        }
    }
}
