package dev.carafe.snapshots.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The map before the data of a sparse file in the pax 1.0 form (GNU tar manual, "PAX Format, Version 1.0").
final class SparseMap {
    private SparseMap() {}

    /// Whole blocks; none when the entry is not sparse.
    static byte[] encode(TarEntry entry) {
        List<Fragment> map = entry.sparse();
        if (map == null) {
            return new byte[0];
        }
        StringBuilder text = new StringBuilder().append(map.size()).append('\n');
        for (Fragment f : map) {
            text.append(f.offset()).append('\n').append(f.length()).append('\n');
        }
        byte[] lines = text.toString().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(lines, (lines.length + Block.SIZE - 1) / Block.SIZE * Block.SIZE);
    }
}
