package dev.carafe.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// How fast an engine stores what a container writes in lines of 100 bytes, and gives it back over
/// the API.
final class LogBench {
    static final int MEGABYTES = 200;

    /// A file of lines, given out again and again: what is measured is the engine, not the writer.
    private static final String SCRIPT =
            "yes $(head -c 99 /dev/zero | tr '\\\\0' x) | head -c 4000000 >/lines;"
                    + " for i in $(seq "
                    + MEGABYTES / 20
                    + "); do cat /lines /lines /lines /lines /lines; done";

    private final Path socket;

    LogBench(Path socket) {
        this.socket = socket;
    }

    /// Runs the writing container to its end.
    ///
    /// @return its id
    String store() throws IOException {
        try (ApiClient api = new ApiClient(socket);
                ApiClient wait = new ApiClient(socket)) {
            String id =
                    api.ok(
                                    "POST",
                                    "/containers/create",
                                    "{\"Image\":\"busybox\",\"Cmd\":[\"sh\",\"-c\",\""
                                            + SCRIPT
                                            + "\"],\"HostConfig\":{\"NetworkMode\":\"none\"}}")
                            .field("Id");
            String waiting = wait.waitForNextExit(id);
            api.ok("POST", "/containers/" + id + "/start", "");
            wait.body(waiting);
            return id;
        }
    }

    /// Reads the log as the frames that clients get.
    void readBack(String id, String more) throws IOException {
        String request =
                "GET /v1.41/containers/"
                        + id
                        + "/logs?stdout=1&stderr=1"
                        + more
                        + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            long all = 0;
            for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer.clear())) {
                all += n;
            }
            if (more.isEmpty() && all < MEGABYTES * 1_000_000L) {
                throw new IOException("only " + all + " bytes came back");
            }
        }
    }

    void remove(String id) throws IOException {
        try (ApiClient api = new ApiClient(socket)) {
            api.ok("DELETE", "/containers/" + id + "?force=1", "");
        }
    }
}
