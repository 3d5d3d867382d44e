package dev.carafe.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A process that listens on a socket for one client, to be started as a daemon.
public final class FakeDaemonMain {
    private FakeDaemonMain() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(arguments[0]));
            System.out.println("listening");
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(1));
            }
        }
    }
}
