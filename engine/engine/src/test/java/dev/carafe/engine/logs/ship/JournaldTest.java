package dev.carafe.engine.logs.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaldTest {
    private static final Message MESSAGE =
            new Message(
                    false,
                    "two\nlines".getBytes(StandardCharsets.UTF_8),
                    Instant.parse("2026-03-04T05:06:07.123456789Z"),
                    false,
                    7);

    @TempDir Path folder;

    @Test
    void aMessageComesWithItsContainersFields() throws IOException {
        Path socket = folder.resolve("socket");
        Map<String, String> fields =
                Journald.fields(
                        "0123456789abcdef", "web", "nginx", "tagged", Map.of("_my-label.1", "x"));
        try (Fd service = listen(socket);
                Journald journald = new Journald(socket, fields)) {
            journald.send(MESSAGE);
            byte[] packet = new byte[2000];
            int length = Sockets.receive(service, packet, 0);
            assertThat(decode(Arrays.copyOf(packet, length)))
                    .containsEntry("MESSAGE", "two\nlines")
                    .containsEntry("PRIORITY", "6")
                    .containsEntry("CONTAINER_ID", "0123456789ab")
                    .containsEntry("CONTAINER_ID_FULL", "0123456789abcdef")
                    .containsEntry("CONTAINER_NAME", "web")
                    .containsEntry("CONTAINER_TAG", "tagged")
                    .containsEntry("SYSLOG_IDENTIFIER", "tagged")
                    .containsEntry("IMAGE_NAME", "nginx")
                    .containsEntry("CONTAINER_PARTIAL_MESSAGE", "true")
                    .containsEntry("CONTAINER_LOG_ORDINAL", "7")
                    .containsEntry("SYSLOG_TIMESTAMP", "2026-03-04T05:06:07.123456789Z")
                    .containsEntry("MY_LABEL_1", "x");
        }
    }

    @Test
    void aJournalThatIsNotThereIsTold() {
        try (Journald journald = new Journald(folder.resolve("absent"), Map.of())) {
            assertThatThrownBy(() -> journald.send(MESSAGE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("absent");
        }
    }

    private static Fd listen(Path path) {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer address = ByteBuffer.allocate(3 + name.length).order(ByteOrder.nativeOrder());
        address.putShort((short) Sockets.AF_UNIX).put(name);
        Fd socket = Sockets.socket(Sockets.AF_UNIX, Sockets.SOCK_DGRAM, 0);
        Sockets.bind(socket, address.array());
        return socket;
    }

    private static Map<String, String> decode(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            StringBuilder name = new StringBuilder();
            for (char c = (char) in.get(); c != '\n'; c = (char) in.get()) {
                name.append(c);
            }
            byte[] value = new byte[(int) in.getLong()];
            in.get(value);
            assertThat(in.get()).isEqualTo((byte) '\n');
            fields.put(name.toString(), new String(value, StandardCharsets.UTF_8));
        }
        return fields;
    }
}
