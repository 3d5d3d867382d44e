package dev.carafe.build.check;

import java.util.ArrayList;
import java.util.List;

/// Which variables a text needs a value of: `$NAME`, `${NAME}`, `${NAME#...}`, but not those with a
/// word in place of a missing value, and none in single quotes.
final class VariableNames {
    private VariableNames() {}

    static List<String> used(String text, char escape) {
        List<String> names = new ArrayList<>();
        boolean single = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == escape && !single) {
                i++;
            } else if (c == '\'' && !quoted) {
                single = !single;
            } else if (c == '"' && !single) {
                quoted = !quoted;
            } else if (c == '$' && !single) {
                int begin = i + 1 < text.length() && text.charAt(i + 1) == '{' ? i + 2 : i + 1;
                int end = begin;
                while (end < text.length() && isNamePart(text.charAt(end), end > begin)) {
                    end++;
                }
                boolean braces = begin == i + 2;
                boolean optional =
                        braces && end < text.length() && ":-+?".indexOf(text.charAt(end)) >= 0;
                if (end > begin && !optional) {
                    names.add(text.substring(begin, end));
                }
                i = end - 1;
            }
        }
        return names;
    }

    private static boolean isNamePart(char c, boolean further) {
        return Character.isLetter(c) || c == '_' || further && Character.isDigit(c);
    }
}
