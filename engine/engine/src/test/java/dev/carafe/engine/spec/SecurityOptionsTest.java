package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"})
    void noNewPrivilegesHasThreeSpellings(String option) {
        assertThat(SecurityOptions.parse(List.of(option)).noNewPrivileges()).isTrue();
    }

    @Test
    void theValueMayHoldSeparators() {
        String json = "{\"defaultAction\":\"SCMP_ACT_ALLOW=x\"}";
        assertThat(SecurityOptions.parse(List.of("seccomp=" + json)).seccomp()).isEqualTo(json);
    }

    @Test
    void othersAreReadOrIgnored() {
        SecurityOptions options =
                SecurityOptions.parse(
                        List.of(
                                "seccomp:unconfined",
                                "systempaths=unconfined",
                                "apparmor=unconfined",
                                "label=disable"));
        assertThat(options).isEqualTo(new SecurityOptions(false, "unconfined", true, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly", "no-new-privileges=maybe", "fly=1"})
    void anUnknownOneIsRefused(String option) {
        assertThatThrownBy(() -> SecurityOptions.parse(List.of(option)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid --security-opt 2: \"" + option + "\"");
    }
}
