package dev.carafe.base.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
    @Test
    void aFolderIsIgnoredWithAllThatIsInIt() {
        IgnoreRules rules = IgnoreRules.parse("node_modules\n*/temp*\n");
        assertThat(rules.ignores("node_modules")).isTrue();
        assertThat(rules.ignores("node_modules/a/b.js")).isTrue();
        assertThat(rules.ignores("src/node_modules/a.js")).isFalse();
        assertThat(rules.ignores("somedir/temporary.txt")).isTrue();
        assertThat(rules.ignores("somedir/temp/x")).isTrue();
        assertThat(rules.ignores("temp")).isFalse();
    }

    @Test
    void theLastRuleThatMatchesDecides() {
        IgnoreRules rules = IgnoreRules.parse("*.md\n!README*.md\nREADME-secret.md");
        assertThat(rules.ignores("a.md")).isTrue();
        assertThat(rules.ignores("README.md")).isFalse();
        assertThat(rules.ignores("README-secret.md")).isTrue();
        IgnoreRules again = IgnoreRules.parse("*.md\nREADME-secret.md\n!README*.md");
        assertThat(again.ignores("README-secret.md")).isFalse();
    }

    @Test
    void everythingButAFewIsAPattern() {
        IgnoreRules rules = IgnoreRules.parse("**\n!src\n!pom.xml\nsrc/**/*.class");
        assertThat(rules.ignores("target/x")).isTrue();
        assertThat(rules.ignores("pom.xml")).isFalse();
        assertThat(rules.ignores("src/main/A.java")).isFalse();
        assertThat(rules.ignores("src/main/A.class")).isTrue();
        assertThat(rules.mayTakeInBelow("src")).isFalse();
        assertThat(rules.mayTakeInBelow("target")).isFalse();
        assertThat(IgnoreRules.parse("a\n!a/b/c").mayTakeInBelow("a")).isTrue();
        assertThat(IgnoreRules.parse("a\n!**/keep").mayTakeInBelow("a")).isTrue();
        assertThat(IgnoreRules.parse("a\n!b/*").mayTakeInBelow("a")).isFalse();
        assertThat(IgnoreRules.parse("*\n!b").mayTakeInBelow("")).isTrue();
        assertThat(IgnoreRules.parse("*\nb").mayTakeInBelow("")).isFalse();
    }

    @Test
    void linesAreCleanedAsDockerDoes() {
        IgnoreRules rules =
                IgnoreRules.parse("\uFEFF  foo/  \r\n# no\n\n/bar\na/../b/\n ! foo/keep\n #x");
        assertThat(rules.ignores("foo/x")).isTrue();
        assertThat(rules.ignores("foo/keep")).isFalse();
        assertThat(rules.ignores("bar")).isTrue();
        assertThat(rules.ignores("b/c")).isTrue();
        assertThat(rules.ignores("no")).isFalse();
        // only a `#` in the first column begins a comment
        assertThat(rules.ignores("#x")).isTrue();
    }

    @Test
    void aLoneExclamationMarkIsAnError() {
        assertThatThrownBy(() -> IgnoreRules.parse("a\n!\n"))
                .hasMessage("illegal exclusion pattern: \"!\"");
        assertThatThrownBy(() -> IgnoreRules.parse("[a\n"))
                .hasMessage("syntax error in pattern: [a");
    }
}
