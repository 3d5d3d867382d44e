package dev.carafe.build.words;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The patterns of `${v#p}`, `${v%p}` and `${v/p/r}`: `*`, `?`, and a backslash before one of
/// these, a backslash, or what ends the pattern (`/`, `}`). Matches by sets of positions, so that
/// no pattern takes more than length times length steps.
final class ShellPattern {
    private static final int STAR = -1;
    private static final int ANY = -2;
    private final int[] tokens;

    private ShellPattern(int[] tokens) {
        this.tokens = tokens;
    }

    /// @throws InvalidArgument for a backslash before any other character
    static ShellPattern parse(String pattern) {
        List<Integer> tokens = new ArrayList<>();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (c == '\\' && i + 1 < points.length) {
                c = points[++i];
                if ("*?\\/}".indexOf(c) < 0) {
                    throw new InvalidArgument("invalid escape '\\" + Character.toString(c) + "'");
                }
                tokens.add(c);
            } else if (c == '\\') {
                throw new InvalidArgument("invalid escape at the end of the pattern");
            } else {
                tokens.add(c == '*' ? STAR : c == '?' ? ANY : c);
            }
        }
        return new ShellPattern(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Without the shortest or longest prefix that matches.
    String trimPrefix(String value, boolean longest) {
        int[] text = value.codePoints().toArray();
        int end = end(text, 0, longest);
        return end < 0 ? value : string(text, end, text.length);
    }

    /// Without the shortest or longest suffix that matches.
    String trimSuffix(String value, boolean longest) {
        int[] text = reversed(value.codePoints().toArray());
        int end = new ShellPattern(reversed(tokens)).end(text, 0, longest);
        return end < 0 ? value : string(reversed(text), 0, text.length - end);
    }

    /// With the first match, or all, replaced; the replacement is taken as it is.
    String replace(String value, String replacement, boolean all) {
        int[] text = value.codePoints().toArray();
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at <= text.length) {
            int end = end(text, at, true);
            if (end >= 0 && (end > at || tokens.length == 0 || allStars())) {
                result.append(replacement);
                if (!all) {
                    return result + string(text, end, text.length);
                }
                if (end > at) {
                    at = end;
                    continue;
                }
            }
            if (at < text.length) {
                result.appendCodePoint(text[at]);
            }
            at++;
        }
        return result.toString();
    }

    private boolean allStars() {
        for (int token : tokens) {
            if (token != STAR) {
                return false;
            }
        }
        return true;
    }

    /// Where the match that begins at `from` ends, or -1.
    private int end(int[] text, int from, boolean longest) {
        BitSet reached = new BitSet(text.length + 1);
        reached.set(from);
        for (int token : tokens) {
            BitSet next = new BitSet(text.length + 1);
            for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
                if (token == STAR) {
                    int end = i;
                    while (end < text.length && text[end] != '\n') {
                        end++;
                    }
                    next.set(i, end + 1);
                    i = end;
                } else if (i < text.length && (token == ANY ? text[i] != '\n' : token == text[i])) {
                    next.set(i + 1);
                }
            }
            reached = next;
            if (reached.isEmpty()) {
                return -1;
            }
        }
        return longest ? reached.length() - 1 : reached.nextSetBit(0);
    }

    private static int[] reversed(int[] points) {
        int[] back = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            back[points.length - 1 - i] = points[i];
        }
        return back;
    }

    private static String string(int[] points, int from, int to) {
        return new String(points, from, to - from);
    }
}
