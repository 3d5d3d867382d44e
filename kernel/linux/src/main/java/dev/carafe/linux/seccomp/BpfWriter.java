package dev.carafe.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes classic BPF from its end to its start. Jumps only go forward, so that a target is always
/// written before the jump to it; a label is the number of instructions that follow and include it.
final class BpfWriter {
    private static final int LD_WORD_ABSOLUTE = 0x20;
    private static final int AND_CONSTANT = 0x54;
    private static final int JUMP_ALWAYS = 0x05;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER = 0x25;
    private static final int JUMP_GREATER_OR_EQUAL = 0x35;
    private static final int RETURN_CONSTANT = 0x06;
    // a conditional jump's offsets have 8 bits
    private static final int FARTHEST = 255;

    private final List<Long> reversed = new ArrayList<>();

    /// `return value`.
    int ret(int value) {
        return emit(RETURN_CONSTANT, 0, 0, value);
    }

    /// Loads the 32 bits at this offset of struct seccomp_data; goes on with the instruction
    /// written last.
    int load(int offset) {
        return emit(LD_WORD_ABSOLUTE, 0, 0, offset);
    }

    /// Masks what was loaded; goes on with the instruction written last.
    int and(int mask) {
        return emit(AND_CONSTANT, 0, 0, mask);
    }

    int jumpEqual(int value, int yes, int no) {
        return jump(JUMP_EQUAL, value, yes, no);
    }

    /// Unsigned.
    int jumpGreater(int value, int yes, int no) {
        return jump(JUMP_GREATER, value, yes, no);
    }

    /// Unsigned.
    int jumpGreaterOrEqual(int value, int yes, int no) {
        return jump(JUMP_GREATER_OR_EQUAL, value, yes, no);
    }

    /// A label right here for one that may be far: falls into it, or jumps.
    int here(int label) {
        return label == reversed.size() ? label : emit(JUMP_ALWAYS, 0, 0, reversed.size() - label);
    }

    /// Whether an instruction written now, with a few more before it, could still jump there
    /// directly.
    boolean isNear(int label) {
        return reversed.size() - label <= FARTHEST - 2;
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(8 * reversed.size()).order(ByteOrder.nativeOrder());
        for (long instruction : reversed.reversed()) {
            out.putShort((short) (instruction >>> 48));
            out.put((byte) (instruction >>> 40));
            out.put((byte) (instruction >>> 32));
            out.putInt((int) instruction);
        }
        return out.array();
    }

    private int jump(int opcode, int value, int yes, int no) {
        // the trampolines come first, for they stand between the jump and its targets
        int nearYes = isNear(yes) ? yes : here(yes);
        int nearNo = isNear(no) ? no : here(no);
        return emit(opcode, reversed.size() - nearYes, reversed.size() - nearNo, value);
    }

    private int emit(int opcode, int yes, int no, int value) {
        if (yes < 0 || yes > FARTHEST || no < 0 || no > FARTHEST) {
            throw new IllegalStateException("jump of " + yes + " or " + no);
        }
        reversed.add(
                (long) opcode << 48 | (long) yes << 40 | (long) no << 32 | value & 0xffffffffL);
        return reversed.size();
    }
}
