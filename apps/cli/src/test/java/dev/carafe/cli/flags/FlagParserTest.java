package dev.carafe.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagParserTest {
    private static final Flag[] FLAGS = {
        Flag.bool('i', "interactive", "x"),
        Flag.bool('t', "tty", "x"),
        Flag.of(FlagType.ENV, 'e', "env", "x"),
        Flag.string('n', "name", "x").withDefault("none"),
        Flag.bool("proxy", "x").withDefault("true"),
        Flag.of(FlagType.INT, "count", "x"),
        Flag.of(FlagType.STRINGS, "parts", "x"),
        Flag.string("old", "x").asDeprecated("use --name instead"),
    };

    private static Parsed parse(String... words) {
        return new FlagParser(FLAGS, true).parse(List.of(words));
    }

    @Test
    void lettersBundleAndTheLastMayTakeAValue() {
        Parsed parsed = parse("-it", "-ite", "A=1", "-eB=2", "-e=C=3");
        assertThat(parsed.bool("interactive")).isTrue();
        assertThat(parsed.bool("tty")).isTrue();
        assertThat(parsed.all("env")).containsExactly("A=1", "B=2", "C=3");
    }

    @Test
    void longFlagsTakeTheirValueAfterAnEqualsSignOrAsTheNextWord() {
        assertThat(parse("--name=a").text("name")).isEqualTo("a");
        assertThat(parse("--name", "-b").text("name")).isEqualTo("-b");
        assertThat(parse("--name=").text("name")).isEmpty();
        assertThat(parse("--name=a", "--name", "b").text("name")).isEqualTo("b");
    }

    @Test
    void booleansTakeNoNextWord() {
        Parsed parsed = parse("--interactive", "false", "--tty=false");
        assertThat(parsed.bool("interactive")).isTrue();
        assertThat(parsed.bool("tty")).isFalse();
        assertThat(parsed.arguments()).containsExactly("false");
    }

    @Test
    void defaultsHoldWithoutTheFlag() {
        Parsed parsed = parse();
        assertThat(parsed.text("name")).isEqualTo("none");
        assertThat(parsed.bool("proxy")).isTrue();
        assertThat(parse("--proxy=0").bool("proxy")).isFalse();
        assertThat(parsed.has("name")).isFalse();
    }

    @Test
    void flagsMayFollowArgumentsUnlessTheCommandForbidsIt() {
        assertThat(parse("a", "-i", "b").arguments()).containsExactly("a", "b");
        Parsed stopping = new FlagParser(FLAGS, false).parse(List.of("-i", "a", "-t", "--", "b"));
        assertThat(stopping.arguments()).containsExactly("a", "-t", "--", "b");
        assertThat(stopping.bool("tty")).isFalse();
    }

    @Test
    void twoDashesEndTheFlagsAndOneDashIsAnArgument() {
        assertThat(parse("-", "--", "-i", "--").arguments()).containsExactly("-", "-i", "--");
    }

    @Test
    void slicesSplitAtCommas() {
        assertThat(parse("--parts=a,b", "--parts", "\"c,d\"").all("parts"))
                .containsExactly("a", "b", "c,d");
    }

    @Test
    void deprecatedFlagsAreNoted() {
        assertThat(parse("--old", "x").warnings())
                .containsExactly("Flag --old has been deprecated, use --name instead");
    }

    @Test
    void aBundleWithAnUnknownLetterNamesTheRest() {
        assertThatThrownBy(() -> parse("-ixt")).hasMessage("unknown shorthand flag: 'x' in -xt");
        assertThatThrownBy(() -> parse("-in")).hasMessage("flag needs an argument: 'n' in -n");
    }
}
