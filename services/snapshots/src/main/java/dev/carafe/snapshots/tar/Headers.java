package dev.carafe.snapshots.tar;

import dev.carafe.linux.RawText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that stands before one entry's data: its ustar block, and the pax and GNU headers
/// before that.
final class Headers {
    private static final String SCHILY_XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";

    private final Map<String, PaxRecords.Item> pax = new LinkedHashMap<>();
    private final Map<String, byte[]> xattrs = new LinkedHashMap<>();
    private final List<Long> sparseNumbers = new ArrayList<>();
    private @Nullable String longName;
    private @Nullable String longLink;
    private boolean started;
    private EntryKind kind = EntryKind.FILE;
    private String name = "";

    boolean isStarted() {
        return started;
    }

    EntryKind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    void longName(byte[] data) {
        started = true;
        longName = untilZero(data);
    }

    void longLink(byte[] data) {
        started = true;
        longLink = untilZero(data);
    }

    void pax(List<PaxRecords.Item> items) {
        started = true;
        for (PaxRecords.Item item : items) {
            String key = item.key();
            if (key.startsWith(SCHILY_XATTR)) {
                xattrs.put(key.substring(SCHILY_XATTR.length()), item.value());
            } else if (key.startsWith(LIBARCHIVE_XATTR)) {
                libarchiveXattr(item);
            } else if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
                sparseNumbers.add(item.number());
            } else if (item.value().length > 0) {
                pax.put(key, item);
            }
        }
    }

    /// The size that a pax record gives, or -1.
    long paxSize() {
        PaxRecords.Item item = pax.get("size");
        return item == null ? -1 : item.number();
    }

    TarEntry.Builder entry(Block block) {
        name = name(block);
        kind = kind(block, name);
        String link = text("linkpath", longLink != null ? longLink : block.text(157, 100));
        if (name.indexOf('\0') >= 0 || link.indexOf('\0') >= 0) {
            throw BadTar.entry(name, "its name has a zero byte");
        }
        TarEntry.Builder entry =
                TarEntry.of(kind, name)
                        .linkName(
                                kind == EntryKind.SYMLINK || kind == EntryKind.HARD_LINK
                                        ? link
                                        : "")
                        .mode((int) block.number(100, 8))
                        .owner(id("uid", block, 108), id("gid", block, 116))
                        .modified(
                                time(
                                        "mtime",
                                        Instant.ofEpochSecond(seconds(block.number(136, 12)))))
                        .accessed(accessed(block));
        if (kind == EntryKind.CHARACTER_DEVICE || kind == EntryKind.BLOCK_DEVICE) {
            entry.device(
                    device("SCHILY.devmajor", block, 329), device("SCHILY.devminor", block, 337));
        }
        xattrs.forEach((attribute, value) -> {
            if (attribute.isEmpty() || attribute.indexOf('\0') >= 0) {
                throw BadTar.entry(name, "it has an attribute without a proper name");
            }
            entry.xattr(attribute, value);
        });
        return entry;
    }

    /// How the file's holes are told, null when it is stored whole.
    @Nullable SparseFormat sparse(Block block) {
        if (block.at(156) == 'S' && isGnu(block)) {
            return new SparseFormat.OldGnu(block);
        }
        PaxRecords.Item major = pax.get("GNU.sparse.major");
        PaxRecords.Item minor = pax.get("GNU.sparse.minor");
        if (major != null
                && major.text().equals("1")
                && minor != null
                && minor.text().equals("0")) {
            return new SparseFormat.InData(required("GNU.sparse.realsize"));
        }
        if (pax.containsKey("GNU.sparse.map")) {
            return new SparseFormat.InHeader(required("GNU.sparse.size"), commaSeparated());
        }
        if (!sparseNumbers.isEmpty() || pax.containsKey("GNU.sparse.numblocks")) {
            return new SparseFormat.InHeader(required("GNU.sparse.size"), sparseNumbers);
        }
        return null;
    }

    private List<Long> commaSeparated() {
        String text = text("GNU.sparse.map", "");
        List<Long> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            numbers.add(
                    new PaxRecords.Item("GNU.sparse.map", part.getBytes(StandardCharsets.UTF_8))
                            .number());
        }
        return numbers;
    }

    private long required(String key) {
        PaxRecords.Item item = pax.get(key);
        if (item == null) {
            item =
                    pax.get(
                            key.equals("GNU.sparse.size")
                                    ? "GNU.sparse.realsize"
                                    : "GNU.sparse.size");
        }
        if (item == null) {
            throw BadTar.entry(name, "it is sparse and has no " + key);
        }
        return item.number();
    }

    private String name(Block block) {
        if (pax.containsKey("GNU.sparse.name")) {
            return text("GNU.sparse.name", "");
        }
        if (pax.containsKey("path")) {
            return text("path", "");
        }
        if (longName != null) {
            return longName;
        }
        String last = block.text(0, 100);
        String prefix = prefix(block);
        return prefix.isEmpty() ? last : prefix + "/" + last;
    }

    private static String prefix(Block block) {
        if (isGnu(block)) {
            // GNU keeps times there, but some writers of GNU archives put a prefix all the same
            return block.isNumber(345, 12) ? "" : block.text(345, 155);
        }
        if (!block.has(257, "ustar")) {
            return "";
        }
        return block.text(345, isStar(block) ? 131 : 155);
    }

    private static boolean isGnu(Block block) {
        return block.has(257, "ustar  \0");
    }

    private static boolean isStar(Block block) {
        return block.has(508, "tar\0");
    }

    private @Nullable Instant accessed(Block block) {
        PaxRecords.Item item = pax.get("atime");
        if (item != null) {
            return item.time();
        }
        if (isGnu(block) && block.at(345) != 0 && block.isNumber(345, 12)) {
            return Instant.ofEpochSecond(seconds(block.number(345, 12)));
        }
        return null;
    }

    private static EntryKind kind(Block block, String name) {
        boolean slash = name.endsWith("/");
        return switch (block.at(156)) {
            case 0, '0', '7', 'S' -> slash ? EntryKind.DIRECTORY : EntryKind.FILE;
            case '1' -> EntryKind.HARD_LINK;
            case '2' -> EntryKind.SYMLINK;
            case '3' -> EntryKind.CHARACTER_DEVICE;
            case '4' -> EntryKind.BLOCK_DEVICE;
            case '5' -> EntryKind.DIRECTORY;
            case '6' -> EntryKind.FIFO;
            default ->
                    throw BadTar.entry(
                            name,
                            "its type "
                                    + BadTar.shown(Character.toString(block.at(156) & 0xff))
                                    + " is unknown");
        };
    }

    private String text(String key, String otherwise) {
        PaxRecords.Item item = pax.get(key);
        return item == null ? otherwise : item.text();
    }

    private Instant time(String key, Instant otherwise) {
        PaxRecords.Item item = pax.get(key);
        return item == null ? otherwise : item.time();
    }

    // 2^32-1 is not an id: chown(2) takes it for "leave as it is"
    private long id(String key, Block block, int offset) {
        PaxRecords.Item item = pax.get(key);
        long value = item == null ? block.number(offset, 8) : item.number();
        if (value < 0 || value >= 0xffffffffL) {
            throw BadTar.entry(name, "its " + key + " " + value + " is out of range");
        }
        return value;
    }

    private int device(String key, Block block, int offset) {
        PaxRecords.Item item = pax.get(key);
        long value = item == null ? block.number(offset, 8) : item.number();
        if (value < 0 || value > 0xfffff) {
            throw BadTar.entry(name, "its device number is out of range");
        }
        return (int) value;
    }

    private long seconds(long value) {
        if (Math.abs(value) > Instant.MAX.getEpochSecond()) {
            throw BadTar.entry(name, "its time is out of range");
        }
        return value;
    }

    // libarchive writes both forms; names are percent-encoded, values base64 without padding
    private void libarchiveXattr(PaxRecords.Item item) {
        String encoded = item.key().substring(LIBARCHIVE_XATTR.length()).replace("+", "%2B");
        try {
            String attribute = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            xattrs.putIfAbsent(attribute, Base64.getDecoder().decode(item.value()));
        } catch (IllegalArgumentException e) {
            throw BadTar.stream("the pax record " + BadTar.shown(item.key()) + " is malformed");
        }
    }

    private static String untilZero(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return RawText.decode(data, 0, end);
    }
}
