package dev.carafe.snapshots.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The map before the data of a sparse file in the pax 1.0 form (GNU tar manual, "PAX Format,
/// Version 1.0").
final class SparseMap {
    private SparseMap() {}

    /// Whole blocks; none when the entry is not sparse.
    static byte[] encode(TarEntry entry) {
        List<Fragment> map = entry.sparse();
        if (map == null) {
            return new byte[0];
        }
        // GNU tar takes the end of the last fragment for the file's: a hole there needs an empty
        // one behind it
        boolean holeAtEnd = map.isEmpty() || map.getLast().end() < entry.size();
        StringBuilder text = new StringBuilder();
        text.append(map.size() + (holeAtEnd ? 1 : 0)).append('\n');
        for (Fragment f : map) {
            text.append(f.offset()).append('\n').append(f.length()).append('\n');
        }
        if (holeAtEnd) {
            text.append(entry.size()).append("\n0\n");
        }
        byte[] lines = text.toString().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(lines, (lines.length + Block.SIZE - 1) / Block.SIZE * Block.SIZE);
    }
}
