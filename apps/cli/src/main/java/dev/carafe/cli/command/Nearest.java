package dev.carafe.cli.command;

import org.jspecify.annotations.Nullable;

/// The command that a misspelled one may have meant.
final class Nearest {
    private static final int MAX_DISTANCE = 2;

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
                            ? Math.min(MAX_DISTANCE, typed.length() - 1) + 1
                            : distance(typed, best);
            if (distance < limit) {
                best = name;
            }
        }
        return best;
    }

    /// Levenshtein's.
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
