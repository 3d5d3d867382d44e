package dev.carafe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Builds a tar in memory, well-formed or hostile: every name is written as given. Long names and
/// extended attributes go into pax headers.
///
/// ```java
/// byte[] tar = new TinyTar().dir("etc").file("etc/motd", "hello\n").symlink("motd", "etc/motd").bytes();
/// ```
public final class TinyTar {
    private static final int BLOCK = 512;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, String> pax = new LinkedHashMap<>();
    private long modified = 1_700_000_000L;
    private int uid;
    private int gid;

    /// Seconds since 1970 for the entries that follow.
    public TinyTar modified(long epochSecond) {
        modified = epochSecond;
        return this;
    }

    /// Owner of the entries that follow.
    public TinyTar owner(int userId, int groupId) {
        uid = userId;
        gid = groupId;
        return this;
    }

    /// Adds a pax record to the next entry: `SCHILY.xattr.user.x`, `mtime`, `path`.
    public TinyTar pax(String key, String value) {
        pax.put(key, value);
        return this;
    }

    public TinyTar dir(String name) {
        return dir(name, 0755);
    }

    public TinyTar dir(String name, int mode) {
        return entry('5', name.endsWith("/") ? name : name + "/", "", mode, new byte[0]);
    }

    public TinyTar file(String name, String content) {
        return file(name, content.getBytes(UTF_8), 0644);
    }

    public TinyTar file(String name, byte[] content, int mode) {
        return entry('0', name, "", mode, content);
    }

    public TinyTar symlink(String name, String target) {
        return entry('2', name, target, 0777, new byte[0]);
    }

    public TinyTar hardlink(String name, String target) {
        return entry('1', name, target, 0644, new byte[0]);
    }

    /// Removes `name` of a lower layer.
    public TinyTar whiteout(String name) {
        int slash = name.lastIndexOf('/') + 1;
        return file(name.substring(0, slash) + ".wh." + name.substring(slash), "");
    }

    /// Hides what lower layers have in the directory.
    public TinyTar opaque(String directory) {
        return file(directory + "/.wh..wh..opq", "");
    }

    /// Any entry, taken as it is.
    ///
    /// @param type tar's type flag
    public TinyTar entry(char type, String name, String link, int mode, byte[] content) {
        if (name.getBytes(UTF_8).length > 100) {
            pax.putIfAbsent("path", name);
        }
        if (link.getBytes(UTF_8).length > 100) {
            pax.putIfAbsent("linkpath", link);
        }
        if (!pax.isEmpty()) {
            raw('x', "PaxHeaders/x", "", 0644, records());
            pax.clear();
        }
        raw(type, name, link, mode, content);
        return this;
    }

    private byte[] records() {
        StringBuilder all = new StringBuilder();
        pax.forEach((key, value) -> {
            int rest = (" " + key + "=" + value + "\n").getBytes(UTF_8).length;
            int length = rest + Integer.toString(rest).length();
            length = rest + Integer.toString(length).length();
            all.append(length).append(' ').append(key).append('=').append(value).append('\n');
        });
        return all.toString().getBytes(UTF_8);
    }

    private void raw(char type, String name, String link, int mode, byte[] content) {
        byte[] header = new byte[BLOCK];
        text(header, 0, 100, name);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, uid);
        octal(header, 116, 8, gid);
        octal(header, 124, 12, content.length);
        octal(header, 136, 12, modified);
        header[156] = (byte) type;
        text(header, 157, 100, link);
        text(header, 257, 8, "ustar\00000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, 8, String.format("%06o\0 ", sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void text(byte[] header, int offset, int width, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, offset, Math.min(width, bytes.length));
    }

    private static void octal(byte[] header, int offset, int width, long value) {
        text(header, offset, width, String.format("%0" + (width - 1) + "o", value));
    }

    /// The tar with its two closing blocks.
    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    /// The entries alone, as a tar that was cut off.
    public byte[] bytesWithoutEnd() {
        return out.toByteArray();
    }
}
