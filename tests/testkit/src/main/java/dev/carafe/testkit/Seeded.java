package dev.carafe.testkit;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// Random data that a seed makes repeatable. As the source of a parameterized test:
///
/// ```java
/// static LongStream seeds() { return Seeded.seeds(200); }   // -Dseed=17 runs that one alone
/// @ParameterizedTest @MethodSource("seeds") void holds(long seed) { Seeded random = new Seeded(seed); ... }
/// ```
public final class Seeded {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private final Random random;

    public Seeded(long seed) {
        random = new Random(seed);
    }

    /// Seeds 0 to `count`-1, or the one of `-Dseed`.
    public static LongStream seeds(int count) {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, count) : LongStream.of(one);
    }

    /// A number from `low` to `high`, both included.
    public int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /// True once in `n` times.
    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    public <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Bytes that compress about as well as programs do.
    public byte[] softBytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] =
                    (byte)
                            (i % 3 == 0
                                    ? random.nextInt(256)
                                    : LETTERS.charAt(i / 7 % LETTERS.length()));
        }
        return bytes;
    }

    /// A file name of lower-case letters and digits.
    public String name(int length) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
