package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamespacesIT {
    @Test
    void aNewNetworkNamespaceIsHeldByItsDescriptorAlone() {
        long own = inode(Namespaces.current("net"));
        try (Fd netns = Namespaces.newNetns()) {
            assertThat(FileSystem.fstat(netns).inode()).isNotEqualTo(own);
            long inside = Namespaces.inNetns(netns, () -> inode(Namespaces.current("net")));
            assertThat(inside).isEqualTo(FileSystem.fstat(netns).inode());
            String devices =
                    Namespaces.inNetns(
                            netns, () -> Files.readString(Path.of("/proc/thread-self/net/dev")));
            assertThat(devices.lines().skip(2))
                    .hasSize(1)
                    .allMatch(l -> l.strip().startsWith("lo:"));
        }
        assertThat(inode(Namespaces.current("net"))).isEqualTo(own);
    }

    @Test
    void whatTheWorkThrowsComesBack() {
        assertThatThrownBy(() ->
                        Namespaces.inNewNetns(() -> {
                            throw new ErrnoException("x", Errno.EIO, "y");
                        }))
                .isInstanceOf(ErrnoException.class)
                .hasMessage("x y: Input/output error (errno 5)");
    }

    @Test
    void aNetlinkSocketTalksToTheKernel() {
        try (Fd socket = Sockets.socket(Sockets.AF_NETLINK, Sockets.SOCK_RAW, 0)) {
            Sockets.bind(socket, sockaddrNetlink());
            Sockets.setReceiveTimeout(socket, 50);
            assertThatThrownBy(() -> Sockets.receive(socket, new byte[100], 0))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
            // RTM_GETLINK of index 1
            ByteBuffer message = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
            message.putInt(32).putShort((short) 18).putShort((short) 1).putInt(77).putInt(0);
            message.putInt(0).putInt(1);
            Sockets.send(socket, message.array(), 0, 32, 0);
            byte[] answer = new byte[8192];
            int n = Sockets.receive(socket, answer, 0);
            ByteBuffer read = ByteBuffer.wrap(answer, 0, n).order(ByteOrder.nativeOrder());
            assertThat(read.getShort(4)).as("RTM_NEWLINK").isEqualTo((short) 16);
            assertThat(read.getInt(8)).isEqualTo(77);
            assertThat(Sockets.localAddress(socket)).hasSize(12);
        }
    }

    @Test
    void aPseudoTerminalKnowsItsSize() {
        try (Pty pty = Pty.openHost()) {
            Pty.resize(pty.master(), 33, 101);
            assertThat(Pty.size(pty.slave())).isEqualTo(new Pty.WindowSize(33, 101));
            Pipes.write(pty.slave(), "x\n".getBytes());
            byte[] seen = new byte[10];
            assertThat(new String(seen, 0, Pipes.read(pty.master(), seen))).isEqualTo("x\r\n");
            assertThat(Path.of("/dev/pts/" + pty.index())).exists();
        }
    }

    @Test
    void bytesAreSplicedAndTeedBetweenPipes() {
        try (Pipes.Pipe from = Pipes.pipe(Pipes.O_NONBLOCK);
                Pipes.Pipe to = Pipes.pipe(Pipes.O_NONBLOCK);
                Pipes.Pipe copy = Pipes.pipe(Pipes.O_NONBLOCK)) {
            assertThat(Pipes.splice(from.read(), to.write(), 100, true)).isZero();
            Pipes.write(from.write(), "abc".getBytes());
            assertThat(Pipes.splice(from.read(), to.write(), 100, true)).isEqualTo(3);
            assertThat(Pipes.tee(to.read(), copy.write(), 100, true)).isEqualTo(3);
            assertThat(Pipes.available(to.read())).isEqualTo(3);
            ByteBuffer direct = ByteBuffer.allocateDirect(10);
            assertThat(Pipes.read(to.read(), direct)).isEqualTo(3);
            assertThat(direct.flip().get(2)).isEqualTo((byte) 'c');
            assertThat(Pipes.read(copy.read(), new byte[2])).isEqualTo(2);
            from.write().close();
            assertThat(Pipes.splice(from.read(), to.write(), 100, true)).isEqualTo(-1);
            assertThat(Pipes.setPipeSize(to.read(), 4096)).isEqualTo(4096);
            assertThat(Pipes.pipeSize(to.write())).isEqualTo(4096);
            to.read().close();
            assertThatThrownBy(() -> Pipes.write(to.write(), new byte[1]))
                    .hasMessageContaining("Broken pipe");
        }
    }

    private static byte[] sockaddrNetlink() {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putShort((short) Sockets.AF_NETLINK)
                .array();
    }

    private static long inode(Fd fd) {
        try (fd) {
            return FileSystem.fstat(fd).inode();
        }
    }
}
