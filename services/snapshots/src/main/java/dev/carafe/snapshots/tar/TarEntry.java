package dev.carafe.snapshots.tar;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One member of an archive.
///
/// @param name as it stands in the archive: may be absolute, hold `..`, or end in `/`
/// @param linkName of a symlink or hard link, else empty
/// @param mode permission bits with set-id and sticky, `07777`
/// @param accessed null when the archive does not tell
/// @param size of the file when unpacked, in bytes; 0 for all but files
/// @param xattrs by full name (`security.capability`), sorted
/// @param sparse the pieces that have data, ascending, or null when the file is stored whole
public record TarEntry(
        String name,
        EntryKind kind,
        String linkName,
        int mode,
        long uid,
        long gid,
        Instant modified,
        @Nullable Instant accessed,
        long size,
        int devMajor,
        int devMinor,
        Map<String, byte[]> xattrs,
        @Nullable List<Fragment> sparse) {

    /// Bytes of data that the archive holds for it.
    public long storedSize() {
        return sparse == null ? size : sparse.stream().mapToLong(Fragment::length).sum();
    }

    /// The same with another owner.
    public TarEntry withOwner(long user, long group) {
        return new TarEntry(
                name, kind, linkName, mode, user, group, modified, accessed, size, devMajor,
                devMinor, xattrs, sparse);
    }

    public static Builder of(EntryKind kind, String name) {
        return new Builder(kind, name);
    }

    /// Starts as root's, mode 0, at the epoch.
    public static final class Builder {
        private final EntryKind kind;
        private final String name;
        private String linkName = "";
        private int mode;
        private long uid;
        private long gid;
        private Instant modified = Instant.EPOCH;
        private @Nullable Instant accessed;
        private long size;
        private int devMajor;
        private int devMinor;
        private final Map<String, byte[]> xattrs = new TreeMap<>();
        private @Nullable List<Fragment> sparse;

        private Builder(EntryKind kind, String name) {
            this.kind = kind;
            this.name = name;
        }

        public Builder linkName(String target) {
            this.linkName = target;
            return this;
        }

        public Builder mode(int bits) {
            this.mode = bits & 07777;
            return this;
        }

        public Builder owner(long user, long group) {
            this.uid = user;
            this.gid = group;
            return this;
        }

        public Builder modified(Instant time) {
            this.modified = time;
            return this;
        }

        public Builder accessed(@Nullable Instant time) {
            this.accessed = time;
            return this;
        }

        public Builder size(long bytes) {
            this.size = bytes;
            return this;
        }

        public Builder device(int major, int minor) {
            this.devMajor = major;
            this.devMinor = minor;
            return this;
        }

        public Builder xattr(String attribute, byte[] value) {
            xattrs.put(attribute, value);
            return this;
        }

        public Builder xattrs(Map<String, byte[]> all) {
            xattrs.putAll(all);
            return this;
        }

        public Builder sparse(@Nullable List<Fragment> pieces) {
            this.sparse = pieces == null ? null : List.copyOf(pieces);
            return this;
        }

        public TarEntry build() {
            return new TarEntry(
                    name,
                    kind,
                    linkName,
                    mode,
                    uid,
                    gid,
                    modified,
                    accessed,
                    size,
                    devMajor,
                    devMinor,
                    Collections.unmodifiableMap(xattrs),
                    sparse);
        }
    }
}
