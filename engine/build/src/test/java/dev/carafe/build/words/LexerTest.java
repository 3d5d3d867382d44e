package dev.carafe.build.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {
    private static final Variables VALUES =
            Variables.of(
                    Map.of(
                            "FOO", "bar",
                            "EMPTY", "",
                            "FILE", "a/b/file.tar.gz",
                            "TWO", "one two",
                            "STARS", "x*y*z"));
    private static final Lexer LEXER = new Lexer('\\');

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$FOO|bar",
                "${FOO}|bar",
                "x${FOO}y|xbary",
                "$FOOx|~~",
                "$NONE.|.",
                "\\$FOO|$FOO",
                "\\\\$FOO|\\bar",
                "'$FOO'|$FOO",
                "\"$FOO\"|bar",
                "\"\\$FOO \\n\"|$FOO \\n",
                "$|$",
                "a$|a$",
                "$1x|x",
                "${FOO:-w}|bar",
                "${EMPTY:-w}|w",
                "${EMPTY-w}|~~",
                "${NONE-w}|w",
                "${NONE:-$FOO}|bar",
                "${NONE:-${EMPTY:-deep}}|deep",
                "${FOO:+w}|w",
                "${EMPTY:+w}|~~",
                "${EMPTY+w}|w",
                "${NONE+w}|~~",
                "${FOO:?no}|bar",
                "${FOO?no}|bar",
                "${FILE#*/}|b/file.tar.gz",
                "${FILE##*/}|file.tar.gz",
                "${FILE%.*}|a/b/file.tar",
                "${FILE%%.*}|a/b/file",
                "${FOO#x}|bar",
                "${FOO#?}|ar",
                "${FOO%?}|ba",
                "${FILE/file/dir}|a/b/dir.tar.gz",
                "${FILE//\\//_}|a_b_file.tar.gz",
                "${FILE/*b/x}|x/file.tar.gz",
                "${FOO//a/}|br",
                "${FOO/z/y}|bar",
                "${STARS#x\\*}|y*z",
                "${NONE/a/b}|~~",
                "${NONE#a}|~~",
            })
    void expandsEveryForm(String text, String expected) {
        assertThat(LEXER.expand(text, VALUES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "${FOO|syntax error: missing '}'",
                "${|syntax error: missing '}'",
                "${}|syntax error: bad substitution",
                "${:x}|syntax error: bad substitution",
                "${FOO:#b}|unsupported modifier (:#) in substitution",
                "${FOO:%b}|unsupported modifier (:%) in substitution",
                "${FOO=b}|unsupported modifier (=) in substitution",
                "${FOO/a}|syntax error: missing '/' in ${}",
                "${FOO#\\a}|invalid pattern (\\a) in substitution: invalid escape '\\a'",
                "${NONE:?}|NONE: is not allowed to be unset",
                "${NONE?give it}|NONE: give it",
                "${EMPTY:?}|EMPTY: is not allowed to be empty",
                "'open|unexpected end of statement while looking for matching single-quote",
                "\"open|unexpected end of statement while looking for matching double-quote",
            })
    void refusesWhatIsNoForm(String text, String message) {
        assertThatThrownBy(() -> LEXER.expand(text, VALUES))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("failed to process " + Lexer.quoted(text) + ": " + message);
    }

    @Test
    void wordsEndAtWhiteSpaceOutsideQuotes() {
        assertThat(LEXER.words("a 'b c' d\\ e \"f $FOO\" $TWO", VALUES))
                .containsExactly("a", "b c", "d e", "f bar", "one", "two");
        assertThat(LEXER.words("\"$TWO\"", VALUES)).containsExactly("one two");
    }

    @Test
    void aBacktickCanBeTheEscape() {
        Lexer lexer = new Lexer('`');
        assertThat(lexer.expand("C:\\dir\\`$FOO", VALUES)).isEqualTo("C:\\dir\\$FOO");
    }

    @Test
    void quotesAreKeptInHereDocuments() {
        Lexer lexer = new Lexer('\\', false, false, false, true);
        assertThat(lexer.expand("say \"$FOO\" 'and $FOO'\n", VALUES))
                .isEqualTo("say \"bar\" 'and bar'\n");
    }

    @Test
    void unsetVariablesCanStay() {
        Lexer lexer = new Lexer('\\', false, false, true, false);
        assertThat(lexer.expand("$NONE ${NONE} ${NONE:-x} ${NONE//a/b} $FOO", VALUES))
                .isEqualTo("$NONE ${NONE} ${NONE:-x} ${NONE//a/b} bar");
    }

    @Test
    void nestingHasAnEnd() {
        String deep = "${A:-".repeat(5000) + "}".repeat(5000);
        assertThatThrownBy(() -> LEXER.expand(deep, VALUES)).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void patternsThatWouldBacktrackForeverEndAtOnce() {
        Variables many = Variables.of(Map.of("V", "a".repeat(3000)));
        assertThat(LEXER.expand("${V%%" + "*a".repeat(50) + "b}", many)).hasSize(3000);
    }
}
