package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityRulesTest {
    private static final List<String> KNOWN = known();

    private static List<String> known() {
        List<String> all = new ArrayList<>(CapabilityRules.DEFAULTS);
        all.addAll(List.of("CAP_NET_ADMIN", "CAP_SYS_ADMIN", "CAP_SYS_PTRACE"));
        return List.copyOf(all);
    }

    private static List<String> resolve(List<String> add, List<String> drop) {
        return CapabilityRules.resolve(false, add, drop, KNOWN);
    }

    @Test
    void withoutWishesThereAreFourteen() {
        assertThat(resolve(List.of(), List.of())).hasSize(14).isEqualTo(CapabilityRules.DEFAULTS);
    }

    @Test
    void namesGoWithAndWithoutPrefixInAnyCase() {
        assertThat(resolve(List.of("net_admin", "CAP_SYS_PTRACE"), List.of("Chown")))
                .contains("CAP_NET_ADMIN", "CAP_SYS_PTRACE")
                .doesNotContain("CAP_CHOWN")
                .hasSize(15);
    }

    @Test
    void allMinusSome() {
        assertThat(resolve(List.of("ALL"), List.of("SYS_ADMIN")))
                .hasSize(KNOWN.size() - 1)
                .doesNotContain("CAP_SYS_ADMIN");
    }

    @Test
    void noneButSome() {
        assertThat(resolve(List.of("NET_ADMIN"), List.of("ALL"))).containsExactly("CAP_NET_ADMIN");
        assertThat(resolve(List.of(), List.of("all"))).isEmpty();
    }

    @Test
    void privilegedHasAllThatTheEngineHas() {
        assertThat(CapabilityRules.resolve(true, List.of(), List.of("ALL"), KNOWN))
                .isEqualTo(KNOWN);
    }

    @Test
    void whatTheEngineLacksIsLeftOut() {
        assertThat(CapabilityRules.resolve(false, List.of(), List.of(), List.of("CAP_KILL")))
                .containsExactly("CAP_KILL");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> resolve(List.of("FLY"), List.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid CapAdd: unknown capability: \"CAP_FLY\"");
    }
}
