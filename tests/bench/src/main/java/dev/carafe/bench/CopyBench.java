package dev.carafe.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// What `docker cp` of a large tree takes, over the API: files of 1 MB each, in one directory.
final class CopyBench {
    static final int FILES = 500;
    private static final int SIZE = 1 << 20;
    private static final int BLOCK = 512;

    private final Path socket;
    private final String id;

    /// Makes a container that sleeps.
    CopyBench(Path socket) throws IOException {
        this.socket = socket;
        try (ApiClient api = new ApiClient(socket)) {
            id =
                    api.ok(
                                    "POST",
                                    "/containers/create",
                                    "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"300\"],"
                                            + "\"HostConfig\":{\"NetworkMode\":\"none\"}}")
                            .field("Id");
            api.ok("POST", "/containers/" + id + "/start", "");
        }
    }

    /// Sends the tree.
    void in() throws IOException {
        long length = (long) FILES * (BLOCK + SIZE) + 2L * BLOCK;
        String head =
                "PUT /v1.41/containers/"
                        + id
                        + "/archive?path=/ HTTP/1.0\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-tar\r\nContent-Length: "
                        + length
                        + "\r\n\r\n";
        ByteBuffer content = ByteBuffer.allocateDirect(SIZE);
        for (int i = 0; i < SIZE; i++) {
            content.put(i, (byte) (i * 31 + i / 251));
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            write(channel, ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            for (int i = 0; i < FILES; i++) {
                write(channel, ByteBuffer.wrap(header("tree-" + i)));
                write(channel, content.clear());
            }
            write(channel, ByteBuffer.allocate(2 * BLOCK));
            String answer = new String(readAll(channel, 4096), StandardCharsets.US_ASCII);
            if (!answer.startsWith("HTTP/1.1 200") && !answer.startsWith("HTTP/1.0 200")) {
                throw new IOException(answer);
            }
        }
    }

    /// Fetches the tree.
    void out() throws IOException {
        String head =
                "GET /v1.41/containers/"
                        + id
                        + "/archive?path=/ HTTP/1.0\r\nHost: localhost\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            write(channel, ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
            long all = 0;
            for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer.clear())) {
                all += n;
            }
            if (all < (long) FILES * SIZE) {
                throw new IOException("only " + all + " bytes came back");
            }
        }
    }

    void remove() throws IOException {
        try (ApiClient api = new ApiClient(socket)) {
            api.ok("DELETE", "/containers/" + id + "?force=1", "");
        }
    }

    private static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] readAll(SocketChannel channel, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        int n = channel.read(buffer);
        while (n >= 0 && buffer.hasRemaining()) {
            n = channel.read(buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /// ustar header of a file (POSIX.1-2017, "ustar Interchange Format").
    private static byte[] header(String name) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000644\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        put(block, 124, "%011o ".formatted(SIZE));
        put(block, 136, "%011o ".formatted(1_700_000_000L));
        put(block, 148, "        0");
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
