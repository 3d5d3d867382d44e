package dev.carafe.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A pseudo terminal: the master for us, the slave for the process. No path of a container is ever
/// resolved for one: the slave is opened through the master (TIOCGPTPEER, since Linux 4.13).
public record Pty(Fd master, Fd slave) implements AutoCloseable {
    private static final long TIOCGWINSZ = 0x5413;
    private static final long TIOCSWINSZ = 0x5414;
    private static final long TIOCSPTLCK = 0x40045431;
    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCGPTPEER = 0x5441;

    /// A terminal's size in characters.
    public record WindowSize(int rows, int columns) {}

    /// A new pair on the devpts mounted at (or held detached by) `devpts`.
    public static Pty open(Fd devpts) {
        return openMultiplexer(
                FileSystem.openat(
                        devpts,
                        "ptmx",
                        FileSystem.O_RDWR | FileSystem.O_NOCTTY | FileSystem.O_NOFOLLOW,
                        0));
    }

    /// A new pair on the host's devpts.
    public static Pty openHost() {
        return openMultiplexer(
                FileSystem.open("/dev/ptmx", FileSystem.O_RDWR | FileSystem.O_NOCTTY));
    }

    private static Pty openMultiplexer(Fd master) {
        try {
            Ioctls.writeInt(master, "TIOCSPTLCK", TIOCSPTLCK, 0);
            long slave =
                    Ioctls.value(
                            master,
                            "TIOCGPTPEER",
                            TIOCGPTPEER,
                            FileSystem.O_RDWR | FileSystem.O_NOCTTY | FileSystem.O_CLOEXEC);
            return new Pty(master, Fd.own(slave));
        } catch (RuntimeException e) {
            master.close();
            throw e;
        }
    }

    /// The pair's number N, its slave being `pts/N` of its devpts.
    public int index() {
        return Ioctls.readInt(master, "TIOCGPTN", TIOCGPTN);
    }

    /// Sets the size; the foreground process group gets SIGWINCH. Set it before the process runs:
    /// many ask only once.
    public static void resize(Fd masterOrSlave, int rows, int columns) {
        ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        size.putShort((short) rows).putShort((short) columns);
        Ioctls.struct(masterOrSlave, "TIOCSWINSZ", TIOCSWINSZ, size.array());
    }

    public static WindowSize size(Fd masterOrSlave) {
        byte[] struct = new byte[8];
        Ioctls.struct(masterOrSlave, "TIOCGWINSZ", TIOCGWINSZ, struct);
        ByteBuffer size = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
        return new WindowSize(size.getShort() & 0xffff, size.getShort() & 0xffff);
    }

    @Override
    public void close() {
        slave.close();
        master.close();
    }
}
