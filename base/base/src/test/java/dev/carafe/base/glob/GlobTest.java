package dev.carafe.base.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "a,a,true",
        "a,b,false",
        "*.java,Main.java,true",
        "*.java,src/Main.java,false",
        "*,a/b,false",
        "*/*,a/b,true",
        "?,a,true",
        "?,/,false",
        "??,a,false",
        "a?c,abc,true",
        "[a-c]x,bx,true",
        "[a-c]x,dx,false",
        "[^a-c]x,dx,true",
        "[^a-c]x,ax,false",
        "[]a]x,]x,false",
        "a\\*b,a*b,true",
        "a\\*b,axb,false",
        "**,a/b/c,true",
        "**/*.md,README.md,true",
        "**/*.md,docs/deep/README.md,true",
        "**/*.md,docs/deep/README.txt,false",
        "docs/**/x,docs/x,true",
        "docs/**/x,docs/a/b/x,true",
        "docs/**/x,docsx,false",
        "docs/**,docs/a/b,true",
        "a**,abc/d,true",
        "**x,a/b/x,true",
        "**x,ax,false",
        "**/a/**/b,z/a/b,true",
        "**/a/**/b,a/z/z/b,true",
        "**/a/**/b,b/a,false",
    })
    void matchesAsDockersPatternsDo(String pattern, String path, boolean matches) {
        if (pattern.startsWith("[]")) {
            assertThatThrownBy(() -> Glob.parse(pattern)).isInstanceOf(InvalidArgument.class);
            return;
        }
        assertThat(Glob.parse(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void twoStarsAreOneWhereOnlyOneLevelCounts() {
        assertThat(Glob.parseOneLevel("**").matches("a/b")).isFalse();
        assertThat(Glob.parseOneLevel("**").matches("ab")).isTrue();
    }

    @Test
    void aPatternThatWouldBacktrackForeverEndsAtOnce() {
        String pattern = "*a".repeat(60) + "b";
        assertThat(Glob.parse(pattern).matches("a".repeat(5000))).isFalse();
        assertThat(Glob.parse("**/".repeat(100) + "b").matches("a/".repeat(2000))).isFalse();
    }

    @Test
    void openBracketsAndLastBackslashesAreErrors() {
        for (String bad : new String[] {"[", "[a", "a\\", "[a-]", "[-a]"}) {
            assertThatThrownBy(() -> Glob.parse(bad))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessage("syntax error in pattern");
        }
    }
}
