package dev.carafe.build.words;

import java.util.Collection;
import java.util.Locale;

/// The hint for a misspelled name: ` (did you mean FROM?)`.
public final class Nearest {
    /// Names that differ in more places are no hint.
    private static final int MAX_DISTANCE = 2;

    private Nearest() {}

    /// The hint with a leading space, or nothing when no name is near. Case counts.
    public static String hint(String word, Collection<String> names) {
        String best = "";
        int distance = MAX_DISTANCE + 1;
        for (String name : names.stream().sorted().toList()) {
            if (name.equals(word)) {
                return "";
            }
            int far = distance(word, name);
            boolean likelier = far == distance && !sameStart(word, best) && sameStart(word, name);
            if (far < distance || likelier && far <= MAX_DISTANCE) {
                distance = far;
                best = name;
            }
        }
        return best.isEmpty() ? "" : " (did you mean " + best + "?)";
    }

    /// The same with case folded; the hint is in the word's own case where that is pure.
    public static String hintIgnoringCase(String word, Collection<String> upperCaseNames) {
        String upper = word.toUpperCase(Locale.ROOT);
        String hint = hint(upper, upperCaseNames);
        if (hint.isEmpty() || word.equals(upper)) {
            return hint;
        }
        return " (did you mean "
                + hint.substring(" (did you mean ".length()).toLowerCase(Locale.ROOT);
    }

    /// People misspell the first letter least.
    private static boolean sameStart(String a, String b) {
        return !a.isEmpty() && !b.isEmpty() && a.charAt(0) == b.charAt(0);
    }

    /// Levenshtein's distance.
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > MAX_DISTANCE) {
            return MAX_DISTANCE + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
