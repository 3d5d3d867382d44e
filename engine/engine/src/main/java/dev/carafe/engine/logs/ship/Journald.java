package dev.carafe.engine.logs.ship;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// systemd's journal on this host, by its native protocol
/// (https://systemd.io/JOURNAL_NATIVE_PROTOCOL) with dockerd's fields.
public final class Journald implements Destination {
    public static final Path SOCKET = Path.of("/run/systemd/journal/socket");
    private final Path socket;
    private final Map<String, String> fields;
    private @Nullable Datagrams connection;

    /// @param fields of every message
    public Journald(Path socket, Map<String, String> fields) {
        this.socket = socket;
        this.fields = Map.copyOf(fields);
    }

    /// Those of a container.
    ///
    /// @param more chosen labels and variables; their names become capitals, digits and underscores
    public static Map<String, String> fields(
            String id, String name, String image, String tag, Map<String, String> more) {
        String shortId = id.substring(0, Math.min(12, id.length()));
        Map<String, String> fields = new LinkedHashMap<>();
        more.forEach((key, value) -> fields.put(fieldName(key), value));
        fields.put("CONTAINER_ID", shortId);
        fields.put("CONTAINER_ID_FULL", id);
        fields.put("CONTAINER_NAME", name);
        fields.put("CONTAINER_TAG", tag);
        fields.put("IMAGE_NAME", image);
        fields.put("SYSLOG_IDENTIFIER", tag);
        return fields;
    }

    /// The journal takes no other letters, and no underscore at the beginning.
    private static String fieldName(String key) {
        String name = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
        return name.replaceFirst("^_+", "");
    }

    @Override
    public void send(Message message) throws IOException {
        Datagrams open = connection;
        if (open == null) {
            open = Datagrams.connect(socket);
            connection = open;
        }
        try {
            open.send(encode(message));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private byte[] encode(Message message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.line().length + 512);
        put(out, "MESSAGE", message.line());
        put(out, "PRIORITY", Integer.toString(message.severity()));
        put(out, "SYSLOG_TIMESTAMP", message.time().toString());
        put(out, "CONTAINER_LOG_ORDINAL", Long.toString(message.number()));
        if (!message.whole()) {
            put(out, "CONTAINER_PARTIAL_MESSAGE", "true");
        }
        fields.forEach((key, value) -> put(out, key, value));
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, String name, String value) {
        put(out, name, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Always in the form with a length: a value may hold anything.
    private static void put(ByteArrayOutputStream out, String name, byte[] value) {
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
        out.writeBytes(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value.length)
                        .array());
        out.writeBytes(value);
        out.write('\n');
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
