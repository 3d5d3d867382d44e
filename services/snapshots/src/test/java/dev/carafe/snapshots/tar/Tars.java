package dev.carafe.snapshots.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// Archives for tests, entry by entry.
public final class Tars {
    public static final Instant TIME = Instant.ofEpochSecond(1_600_000_000, 123_456_789);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TarWriter writer = new TarWriter(out);

    public Tars add(TarEntry.Builder entry) {
        return add(entry, new byte[0]);
    }

    public Tars add(TarEntry.Builder entry, byte[] data) {
        try {
            writer.put(entry.build());
            writer.content(data, 0, data.length);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Tars dir(String name, int mode) {
        return add(TarEntry.of(EntryKind.DIRECTORY, name + "/").mode(mode).modified(TIME));
    }

    public Tars dir(String name) {
        return dir(name, 0755);
    }

    public Tars file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8), 0644);
    }

    public Tars file(String name, byte[] data, int mode) {
        return add(
                TarEntry.of(EntryKind.FILE, name).mode(mode).modified(TIME).size(data.length),
                data);
    }

    public Tars symlink(String name, String target) {
        return add(TarEntry.of(EntryKind.SYMLINK, name).mode(0777).modified(TIME).linkName(target));
    }

    public Tars link(String name, String target) {
        return add(
                TarEntry.of(EntryKind.HARD_LINK, name).mode(0644).modified(TIME).linkName(target));
    }

    public Tars sparse(String name, long size, List<Fragment> pieces, byte[] data) {
        return add(
                TarEntry.of(EntryKind.FILE, name)
                        .mode(0644)
                        .modified(TIME)
                        .size(size)
                        .sparse(pieces),
                data);
    }

    public byte[] bytes() {
        try {
            writer.finish();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
