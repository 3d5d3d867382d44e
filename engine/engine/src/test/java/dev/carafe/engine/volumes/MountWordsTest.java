package dev.carafe.engine.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.MountRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which mounts can be, by their words alone, and what is said of the others.
class MountWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ro", "rw,Z,rslave,cached", "z", "consistent", "delegated,ro", ""})
    void optionsOfDifferentKindsGoTogether(String mode) {
        BindText text = BindText.parse("/h:/m" + (mode.isEmpty() ? "" : ":" + mode));
        assertThat(text.mode()).isEqualTo(mode);
        assertThat(text.writable()).isEqualTo(!mode.contains("ro"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ro,rw",
                "ro,ro",
                "z,Z",
                "shared,rslave",
                "cached,delegated",
                "what",
                "ro,",
                "U"
            })
    void twoOfAKindAndUnknownOnesAreRefused(String mode) {
        assertThatThrownBy(() -> BindText.parse("/h:/m:" + mode))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid mode: " + mode);
    }

    @Test
    void whatIsForVolumesIsNotForBindsAndTheOtherWayRound() {
        assertThatThrownBy(() -> BindText.parse("/h:/m:nocopy"))
                .hasMessage(
                        "invalid volume specification: '/h:/m:nocopy': invalid mount config for type \"bind\":"
                                + " field VolumeOptions must not be specified");
        assertThatThrownBy(() -> BindText.parse("v:/m:rshared"))
                .hasMessage(
                        "invalid volume specification: 'v:/m:rshared': invalid mount config for type \"volume\":"
                                + " field BindOptions must not be specified");
        assertThat(BindText.parse("v:/m:nocopy").noCopy()).isTrue();
        assertThat(BindText.parse("/h:/m:rshared").propagation()).isEqualTo("rshared");
    }

    @Test
    void optionsOfTmpfsAreItsOwn() {
        assertThat(TmpfsText.parse("defaults,size=5%,mode=700,exec"))
                .containsExactly("size=5%", "mode=700", "exec");
        assertThat(TmpfsText.parse("")).isEmpty();
        assertThatThrownBy(() -> TmpfsText.parse("rw,bogus"))
                .hasMessage("invalid tmpfs option [\"bogus\"]");
        assertThatThrownBy(() -> TmpfsText.parse("a=b"))
                .hasMessage("invalid tmpfs option [\"a\" \"b\"]");
        assertThatThrownBy(() -> TmpfsText.parse("size"))
                .hasMessage("invalid tmpfs option [\"size\"]");
    }

    private static MountRequest request(
            String type, String source, MountRequest.@Nullable BindOptions bind) {
        return new MountRequest(type, source, "/m", false, "", bind, null, null, null);
    }

    private static MountRequest.BindOptions bound(String propagation) {
        return new MountRequest.BindOptions(propagation, false, false, false, false, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bind  | ''  | field Source must not be empty
                    bind  | rel | invalid mount path: 'rel' mount path must be absolute
                    tmpfs | /x  | field Source must not be specified
                    what  | /x  | mount type unknown
                    """)
    void aSourceIsWhereTheTypeHasOne(String type, String source, String why) {
        assertThatThrownBy(() -> MountChecks.check(request(type, source, null)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid mount config for type \"" + type + "\": " + why);
    }

    @Test
    void optionsAreThoseOfTheType() {
        assertThatThrownBy(() -> MountChecks.check(request("volume", "v", bound(""))))
                .hasMessage(
                        "invalid mount config for type \"volume\": field BindOptions must not be specified");
        assertThatThrownBy(() -> MountChecks.check(request("bind", "/h", bound("what"))))
                .hasMessage(
                        "invalid mount config for type \"bind\": invalid propagation mode: what");
        var volume = new MountRequest.VolumeOptions(true, Map.of(), "", Map.of(), "");
        assertThatThrownBy(() ->
                        MountChecks.check(
                                new MountRequest(
                                        "bind", "/h", "/m", false, "", null, volume, null, null)))
                .hasMessage(
                        "invalid mount config for type \"bind\": field VolumeOptions must not be specified");
        assertThatThrownBy(() ->
                        MountChecks.check(
                                new MountRequest(
                                        "volume", "", "/m", true, "", null, null, null, null)))
                .hasMessage(
                        "invalid mount config for type \"volume\": must not set ReadOnly mode when using anonymous volumes");
        assertThatCode(() -> MountChecks.check(request("bind", "/h", bound("rslave"))))
                .doesNotThrowAnyException();
    }
}
