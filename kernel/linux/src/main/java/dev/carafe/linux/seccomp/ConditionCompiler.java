package dev.carafe.linux.seccomp;

import dev.carafe.linux.seccomp.SeccompProfile.ArgumentFilter;
import java.nio.ByteOrder;

/// Writes a condition on a 64-bit argument with 32-bit instructions: the high half decides where it
/// can, else the low one. Callers of narrow architectures have no high half, only the low one is
/// looked at.
final class ConditionCompiler {
    private static final int ARGUMENTS_OFFSET = 16;

    private final BpfWriter writer;
    private final boolean wide;

    ConditionCompiler(BpfWriter writer, boolean wide) {
        this.writer = writer;
        this.wide = wide;
    }

    /// The label of code that goes to `yes` when the condition holds, else to `no`.
    int condition(ArgumentFilter filter, int yes, int no) {
        long value = filter.value();
        int index = filter.index();
        return switch (filter.comparison()) {
            case EQUAL -> equal(index, value, yes, no);
            case NOT_EQUAL -> equal(index, value, no, yes);
            case GREATER -> greater(index, value, false, yes, no);
            case LESS_OR_EQUAL -> greater(index, value, false, no, yes);
            case GREATER_OR_EQUAL -> greater(index, value, true, yes, no);
            case LESS -> greater(index, value, true, no, yes);
            case MASKED_EQUAL -> masked(index, value, filter.second() & value, yes, no);
        };
    }

    private int equal(int index, long value, int yes, int no) {
        writer.jumpEqual(low(value), yes, no);
        int lowHalf = writer.load(lowOffset(index));
        if (!wide) {
            return lowHalf;
        }
        writer.jumpEqual(high(value), lowHalf, no);
        return writer.load(highOffset(index));
    }

    private int greater(int index, long value, boolean orEqual, int yes, int no) {
        if (orEqual) {
            writer.jumpGreaterOrEqual(low(value), yes, no);
        } else {
            writer.jumpGreater(low(value), yes, no);
        }
        int lowHalf = writer.load(lowOffset(index));
        if (!wide) {
            return lowHalf;
        }
        int equalHigh = writer.jumpEqual(high(value), lowHalf, no);
        writer.jumpGreater(high(value), yes, equalHigh);
        return writer.load(highOffset(index));
    }

    private int masked(int index, long mask, long value, int yes, int no) {
        writer.jumpEqual(low(value), yes, no);
        writer.and(low(mask));
        int lowHalf = writer.load(lowOffset(index));
        if (!wide || high(mask) == 0) {
            return lowHalf;
        }
        writer.jumpEqual(high(value), lowHalf, no);
        writer.and(high(mask));
        return writer.load(highOffset(index));
    }

    private static int low(long value) {
        return (int) value;
    }

    private static int high(long value) {
        return (int) (value >>> 32);
    }

    // struct seccomp_data holds each argument as a 64-bit word in the machine's order
    private static int lowOffset(int index) {
        return ARGUMENTS_OFFSET
                + 8 * index
                + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 4);
    }

    private static int highOffset(int index) {
        return ARGUMENTS_OFFSET
                + 8 * index
                + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 4 : 0);
    }
}
