package dev.carafe.build.check;

import java.util.Locale;

/// Upper and lower case of words.
final class Casing {
    private Casing() {}

    static boolean isLower(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT));
    }

    static boolean isUpper(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT));
    }
}
