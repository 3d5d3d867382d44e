package dev.carafe.dockerapi.jetty;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A client that writes bytes as told to a unix socket.
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        ByteBuffer b = ByteBuffer.wrap(bytes);
        while (b.hasRemaining()) {
            channel.write(b);
        }
        return this;
    }

    RawClient endOfInput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /// Reads up to and with the text.
    String until(String end) throws IOException {
        StringBuilder out = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (out.indexOf(end, Math.max(0, out.length() - end.length())) < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("end after: " + out);
            }
            out.append((char) (one.get(0) & 0xff));
        }
        return out.toString();
    }

    byte[] rest() throws IOException {
        return Channels.newInputStream(channel).readAllBytes();
    }

    String restText() throws IOException {
        return new String(rest(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
