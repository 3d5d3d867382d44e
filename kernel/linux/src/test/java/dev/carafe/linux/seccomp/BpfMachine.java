package dev.carafe.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a filter as the kernel would, for the instructions seccomp allows and we use.
final class BpfMachine {
    private BpfMachine() {}

    /// @return the filter's verdict
    static int run(byte[] code, int auditArchitecture, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        data.putInt(number).putInt(auditArchitecture).putLong(0x1234);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        ByteBuffer program = ByteBuffer.wrap(code).order(ByteOrder.nativeOrder());
        int a = 0;
        int pc = 0;
        while (true) {
            int at = 8 * pc++;
            int k = program.getInt(at + 4);
            int yes = program.get(at + 2) & 0xff;
            int no = program.get(at + 3) & 0xff;
            switch (program.getShort(at)) {
                case 0x20 -> a = data.getInt(k);
                case 0x54 -> a &= k;
                case 0x05 -> pc += k;
                case 0x15 -> pc += a == k ? yes : no;
                case 0x25 -> pc += Integer.compareUnsigned(a, k) > 0 ? yes : no;
                case 0x35 -> pc += Integer.compareUnsigned(a, k) >= 0 ? yes : no;
                case 0x06 -> {
                    return k;
                }
                default -> throw new AssertionError("instruction " + program.getShort(at));
            }
        }
    }
}
