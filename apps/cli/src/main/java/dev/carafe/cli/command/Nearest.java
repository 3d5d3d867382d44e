package dev.carafe.cli.command;

import org.jspecify.annotations.Nullable;

/// The command that a misspelled one may have meant.
final class Nearest {
    /// Up to this length one mistake is believed, in longer ones two.
    private static final int SHORT = 6;

    private Nearest() {}

    /// Empty when nothing is near.
    static String name(@Nullable String group, String typed) {
        if (group != null) {
            return nearest(typed, "", Catalog.names(group));
        }
        String best = nearest(typed, "", Catalog.COMMON);
        best = nearest(typed, best, Catalog.OTHERS);
        return nearest(typed, best, Catalog.GROUPS);
    }

    private static String nearest(String typed, String soFar, String[] names) {
        String best = soFar;
        for (String name : names) {
            int distance = name.startsWith(typed) && typed.length() > 1 ? 1 : distance(typed, name);
            int limit =
                    best.isEmpty()
                            ? Math.min(typed.length() > SHORT ? 2 : 1, typed.length() - 1) + 1
                            : distance(typed, best);
            if (distance < limit) {
                best = name;
            }
        }
        return best;
    }

    /// How many letters are wrong, missing, too many, or exchanged with their neighbour.
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
                boolean exchanged =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = exchanged ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
