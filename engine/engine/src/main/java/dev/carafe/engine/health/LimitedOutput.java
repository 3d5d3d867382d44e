package dev.carafe.engine.health;

import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.streams.OutputSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Keeps the first 4096 bytes of a check's output. Thread-safe.
final class LimitedOutput implements OutputSink {
    private static final int KEPT = 4096;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean cut;

    @Override
    public synchronized void write(StreamKind kind, byte[] data, int offset, int length) {
        int keep = Math.min(KEPT - bytes.size(), length);
        bytes.write(data, offset, keep);
        cut |= keep < length;
    }

    /// What there was; `...` follows where it was cut.
    synchronized String text() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        return cut ? text + "..." : text;
    }
}
