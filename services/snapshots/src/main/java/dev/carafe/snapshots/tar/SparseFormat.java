package dev.carafe.snapshots.tar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The ways in which GNU tar tells where a sparse file has data (GNU tar manual, "Storing Sparse
/// Files").
sealed interface SparseFormat {
    /// A bound on the fragments of one file: its map is held in memory.
    int MOST_FRAGMENTS = 1 << 20;

    /// The file's size with its holes, in bytes.
    long realSize();

    /// The fragments in the order of the archive; not yet judged.
    List<Fragment> map(BlockSource blocks) throws IOException;

    /// Gives the next block of the stream; `counted` when it is part of the entry's stored size.
    @FunctionalInterface
    interface BlockSource {
        Block next(boolean counted) throws IOException;
    }

    /// Type `S`: four pairs in the header, more in blocks that follow it.
    record OldGnu(Block header, long realSize) implements SparseFormat {
        OldGnu(Block header) {
            this(header, header.number(483, 12));
        }

        @Override
        public List<Fragment> map(BlockSource blocks) throws IOException {
            List<Fragment> map = new ArrayList<>();
            boolean more = header.at(482) != 0;
            pairs(header, 386, 4, map);
            while (more) {
                Block block = blocks.next(false);
                more = block.at(504) != 0;
                pairs(block, 0, 21, map);
            }
            return map;
        }

        private static void pairs(Block block, int start, int count, List<Fragment> map) {
            for (int i = 0; i < count; i++) {
                int at = start + 24 * i;
                if (block.at(at) == 0 || block.at(at + 12) == 0) {
                    return;
                }
                map.add(fragment(block.number(at, 12), block.number(at + 12, 12), map));
            }
        }
    }

    /// Pax 0.0 and 0.1: offset, length, offset, length ... in the pax header.
    record InHeader(long realSize, List<Long> numbers) implements SparseFormat {
        @Override
        public List<Fragment> map(BlockSource blocks) {
            if (numbers.size() % 2 != 0) {
                throw BadTar.stream("a sparse map is malformed");
            }
            List<Fragment> map = new ArrayList<>();
            for (int i = 0; i < numbers.size(); i += 2) {
                map.add(fragment(numbers.get(i), numbers.get(i + 1), map));
            }
            return map;
        }
    }

    /// Pax 1.0: decimal lines at the start of the data, the count of fragments first, padded to a
    /// block.
    record InData(long realSize) implements SparseFormat {
        @Override
        public List<Fragment> map(BlockSource blocks) throws IOException {
            Lines lines = new Lines(blocks);
            long count = lines.next();
            if (count > MOST_FRAGMENTS) {
                throw BadTar.stream("a sparse map is too long");
            }
            List<Fragment> map = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                long offset = lines.next();
                map.add(fragment(offset, lines.next(), map));
            }
            return map;
        }
    }

    private static Fragment fragment(long offset, long length, List<Fragment> map) {
        if (offset < 0 || length < 0 || map.size() >= MOST_FRAGMENTS) {
            throw BadTar.stream("a sparse map is malformed");
        }
        return new Fragment(offset, length);
    }

    /// Decimal numbers, one a line, running on from block to block.
    final class Lines {
        private final BlockSource blocks;
        private Block block;
        private int at;

        Lines(BlockSource blocks) throws IOException {
            this.blocks = blocks;
            this.block = blocks.next(true);
        }

        long next() throws IOException {
            long value = 0;
            int digits = 0;
            while (true) {
                if (at == Block.SIZE) {
                    block = blocks.next(true);
                    at = 0;
                }
                int c = block.at(at++);
                if (c == '\n' && digits > 0) {
                    return value;
                }
                if (c < '0' || c > '9' || ++digits > 18) {
                    throw BadTar.stream("a sparse map is malformed");
                }
                value = value * 10 + c - '0';
            }
        }
    }
}
