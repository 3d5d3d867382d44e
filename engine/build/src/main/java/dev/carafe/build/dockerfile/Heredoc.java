package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A here-document: `<<EOF`, `<<-EOF`, `<<"EOF"`, `3<<EOF` and the lines up to `EOF`.
///
/// @param expand false when the word was quoted: variables stay as they are
/// @param chomp leading tabs of each line are dropped (`<<-`)
/// @param content the lines with their ends, tabs and all
public record Heredoc(String name, boolean expand, boolean chomp, String content) {
    private static final Pattern WORD = Pattern.compile("(\\d*)<<(-?)\\s*([^<]*)");
    private static final Pattern TABS = Pattern.compile("(?m)^\\t+");
    private static final Lexer PLAIN = new Lexer('\\', false, false, true, false);
    private static final Lexer QUOTES = new Lexer('\\', true, false, true, false);
    private static final Lexer RAW = new Lexer('\\', true, true, true, false);

    /// The here-document that a word begins, still without content; null when it begins none.
    public static @Nullable Heredoc begun(String word) {
        Matcher match = WORD.matcher(word);
        if (!match.matches() || match.group(3).isEmpty()) {
            return null;
        }
        List<String> names = PLAIN.words(match.group(3), Variables.NONE);
        List<String> written = QUOTES.words(match.group(3), Variables.NONE);
        if (names.size() != 1 || written.size() != 1) {
            return null;
        }
        boolean quoted = quotes(names.getFirst()) != quotes(written.getFirst());
        return new Heredoc(names.getFirst(), !quoted, match.group(2).equals("-"), "");
    }

    /// Those that a line begins, in their order.
    static List<Heredoc> allBegun(String line) {
        List<Heredoc> all = new ArrayList<>();
        for (String word : wordsOf(line)) {
            Heredoc begun = begun(word);
            if (begun != null) {
                all.add(begun);
            }
        }
        return all;
    }

    private static List<String> wordsOf(String line) {
        try {
            return RAW.words(line, Variables.NONE);
        } catch (InvalidArgument e) {
            // no words, no here-document: the line is a matter of the shell then
            return List.of();
        }
    }

    boolean endsAt(String line) {
        return (chomp ? line.replaceFirst("^\\t+", "") : line).equals(name);
    }

    Heredoc with(String lines) {
        return new Heredoc(name, expand, chomp, lines);
    }

    /// What the document says, without leading tabs where asked.
    public String text() {
        return chomp ? TABS.matcher(content).replaceAll("") : content;
    }

    private static long quotes(String text) {
        return text.chars().filter(c -> c == '"' || c == '\'').count();
    }
}
