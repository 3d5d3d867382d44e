package dev.carafe.base.glob;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// One pattern over a path with forward slashes: `*` and `?` stop at a slash, `[a-z]` and `[^a-z]`
/// name characters, a backslash takes the next character as it is, `**` crosses slashes (moby's
/// patternmatcher; without `**` Go's filepath.Match). Matches by sets of positions: no pattern is
/// slow.
public final class Glob {
    private sealed interface Token {}

    /// One character out of these ranges (pairs of first and last).
    private record OneOf(int[] ranges, boolean inverted) implements Token {
        boolean has(int c) {
            for (int i = 0; i < ranges.length; i += 2) {
                if (ranges[i] <= c && c <= ranges[i + 1]) {
                    return !inverted;
                }
            }
            return inverted;
        }
    }

    private record Literal(int c) implements Token {}

    private enum Wild implements Token {
        /// `?`
        ONE,
        /// `*`
        NAME,
        /// `**` at the end
        ALL,
        /// `**/`: any number of folders, also none
        FOLDERS
    }

    private final List<Token> tokens;

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @throws InvalidArgument `syntax error in pattern` for an open bracket or a last backslash
    public static Glob parse(String pattern) {
        return new Glob(new Reader(pattern, true).read());
    }

    /// A pattern in which `**` is no more than `*`.
    ///
    /// @throws InvalidArgument as {@link #parse}
    public static Glob parseOneLevel(String pattern) {
        return new Glob(new Reader(pattern, false).read());
    }

    /// Whether a text has characters that mean more than themselves.
    public static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    public boolean matches(String path) {
        int[] text = path.codePoints().toArray();
        BitSet reached = new BitSet(text.length + 1);
        reached.set(0);
        for (Token token : tokens) {
            reached = step(token, text, reached);
            if (reached.isEmpty()) {
                return false;
            }
        }
        return reached.get(text.length);
    }

    private static BitSet step(Token token, int[] text, BitSet reached) {
        BitSet next = new BitSet(text.length + 1);
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            switch (token) {
                case Wild.ALL -> {
                    next.set(i, text.length + 1);
                    return next;
                }
                case Wild.FOLDERS -> {
                    next.or(reached);
                    for (int j = i; j < text.length; j++) {
                        next.set(j + 1, text[j] == '/' || next.get(j + 1));
                    }
                    return next;
                }
                case Wild.NAME -> {
                    int end = i;
                    while (end < text.length && text[end] != '/') {
                        end++;
                    }
                    next.set(i, end + 1);
                }
                case Wild.ONE -> reach(next, i + 1, i < text.length && text[i] != '/');
                case Literal literal ->
                        reach(next, i + 1, i < text.length && text[i] == literal.c());
                case OneOf one ->
                        reach(next, i + 1, i < text.length && text[i] != '/' && one.has(text[i]));
            }
        }
        return next;
    }

    private static void reach(BitSet next, int position, boolean reached) {
        if (reached) {
            next.set(position);
        }
    }

    private static final class Reader {
        private final int[] pattern;
        private final boolean crossing;
        private final List<Token> tokens = new ArrayList<>();
        private int at;

        Reader(String pattern, boolean crossing) {
            this.pattern = pattern.codePoints().toArray();
            this.crossing = crossing;
        }

        List<Token> read() {
            while (at < pattern.length) {
                int c = pattern[at++];
                switch (c) {
                    case '*' -> star();
                    case '?' -> tokens.add(Wild.ONE);
                    case '[' -> tokens.add(bracket());
                    case '\\' -> tokens.add(new Literal(escaped()));
                    default -> tokens.add(new Literal(c));
                }
            }
            return tokens;
        }

        private void star() {
            if (!crossing || at >= pattern.length || pattern[at] != '*') {
                tokens.add(Wild.NAME);
                return;
            }
            while (at < pattern.length && pattern[at] == '*') {
                at++;
            }
            if (at == pattern.length) {
                tokens.add(Wild.ALL);
            } else {
                // `**` means folders also where no slash follows it: `**x` is any x below
                if (pattern[at] == '/') {
                    at++;
                }
                tokens.add(Wild.FOLDERS);
            }
        }

        private int escaped() {
            if (at >= pattern.length) {
                throw bad();
            }
            return pattern[at++];
        }

        private OneOf bracket() {
            boolean inverted = at < pattern.length && pattern[at] == '^';
            at += inverted ? 1 : 0;
            List<Integer> ranges = new ArrayList<>();
            while (at < pattern.length && (pattern[at] != ']' || ranges.isEmpty())) {
                int low = one();
                int high = low;
                if (at < pattern.length && pattern[at] == '-') {
                    at++;
                    high = one();
                }
                ranges.add(low);
                ranges.add(high);
            }
            if (at++ >= pattern.length) {
                throw bad();
            }
            return new OneOf(ranges.stream().mapToInt(Integer::intValue).toArray(), inverted);
        }

        private int one() {
            if (at >= pattern.length || pattern[at] == '-' || pattern[at] == ']') {
                throw bad();
            }
            int c = pattern[at++];
            return c == '\\' ? escaped() : c;
        }

        private static InvalidArgument bad() {
            return new InvalidArgument("syntax error in pattern");
        }
    }
}
