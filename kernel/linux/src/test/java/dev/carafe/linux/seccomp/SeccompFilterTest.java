package dev.carafe.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.seccomp.SeccompProfile.ArgumentFilter;
import dev.carafe.linux.seccomp.SeccompProfile.Comparison;
import dev.carafe.linux.seccomp.SeccompProfile.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFilterTest {
    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x50001;
    private static final int ENOSYS = 0x50026;
    private static final int KILL = 0x80000000;
    private static final SyscallTable TABLE = SyscallTable.load();

    @Test
    void theTableHoldsTheMachinesNumbers() {
        assertThat(TABLE.number(SeccompArchitecture.X86_64, "openat")).hasValue(257);
        assertThat(TABLE.number(SeccompArchitecture.X86, "openat")).hasValue(295);
        assertThat(TABLE.number(SeccompArchitecture.AARCH64, "openat")).hasValue(56);
        assertThat(TABLE.number(SeccompArchitecture.ARM, "openat")).hasValue(322);
        assertThat(TABLE.number(SeccompArchitecture.AARCH64, "fork")).isEmpty();
        assertThat(TABLE.number(SeccompArchitecture.X32, "readv")).hasValue(515);
    }

    @ParameterizedTest
    @EnumSource
    void everyCallGetsTheVerdictOfItsRule(SeccompArchitecture architecture) {
        Random random = new Random(7);
        Set<String> allowed = new HashSet<>();
        for (String name : TABLE.all(architecture).keySet()) {
            if (random.nextInt(3) > 0) {
                allowed.add(name);
            }
        }
        byte[] code =
                SeccompFilter.compile(
                        new SeccompProfile(
                                SeccompAction.errno(1),
                                EnumSet.allOf(SeccompArchitecture.class),
                                List.of(allow(allowed))));
        Set<Integer> numbers = new HashSet<>();
        allowed.forEach(name -> numbers.add(TABLE.all(architecture).get(name)));
        int highest = numbers.stream().mapToInt(n -> n).max().orElseThrow();
        int bit = architecture == SeccompArchitecture.X32 ? SeccompArchitecture.X32_BIT : 0;
        for (int number = 0; number < 700; number++) {
            int expected = numbers.contains(number) ? ALLOW : number > highest ? ENOSYS : EPERM;
            assertThat(BpfMachine.run(code, architecture.auditCode(), number | bit))
                    .as("call %s", number)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aCallOfAnArchitectureThatIsNotListedKills() {
        byte[] code =
                SeccompFilter.compile(
                        new SeccompProfile(
                                SeccompAction.ALLOW,
                                Set.of(SeccompArchitecture.X86_64),
                                List.of()));
        assertThat(BpfMachine.run(code, SeccompArchitecture.X86_64.auditCode(), 1))
                .isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, SeccompArchitecture.X86.auditCode(), 1)).isEqualTo(KILL);
        assertThat(
                        BpfMachine.run(
                                code,
                                SeccompArchitecture.X86_64.auditCode(),
                                SeccompArchitecture.X32_BIT | 1))
                .isEqualTo(KILL);
    }

    @Test
    void everyComparisonHoldsOnAll64Bits() {
        long[] interesting = {
            0,
            1,
            2,
            0x7fffffffL,
            0x80000000L,
            0xffffffffL,
            0x100000000L,
            0x100000001L,
            0x1ffffffffL,
            0x7fffffffffffffffL,
            0x8000000000000000L,
            -1L,
            -2L,
            131080
        };
        for (Comparison comparison : Comparison.values()) {
            for (long value : interesting) {
                byte[] code =
                        socketRule(new ArgumentFilter(3, value, value & 0x80000001L, comparison));
                for (long argument : interesting) {
                    boolean expected = holds(comparison, argument, value, value & 0x80000001L);
                    assertThat(
                                    BpfMachine.run(
                                            code,
                                            SeccompArchitecture.X86_64.auditCode(),
                                            41,
                                            9,
                                            9,
                                            9,
                                            argument))
                            .as("%x %s %x", argument, comparison, value)
                            .isEqualTo(expected ? ALLOW : EPERM);
                    assertThat(
                                    BpfMachine.run(
                                            code,
                                            SeccompArchitecture.X86.auditCode(),
                                            359,
                                            9,
                                            9,
                                            9,
                                            argument & 0xffffffffL))
                            .as("32 bits: %x %s %x", argument, comparison, value)
                            .isEqualTo(
                                    holds(
                                                    comparison,
                                                    argument & 0xffffffffL,
                                                    value & 0xffffffffL,
                                                    value & 0x80000001L)
                                            ? ALLOW
                                            : EPERM);
                }
            }
        }
    }

    @Test
    void allConditionsOfARuleMustHoldAndRulesAreAlternatives() {
        SeccompProfile profile =
                new SeccompProfile(
                        SeccompAction.errno(1),
                        Set.of(SeccompArchitecture.X86_64),
                        List.of(
                                rule("socket", equal(0, 1), equal(1, 2)),
                                rule("socket", equal(0, 10)),
                                rule("write")));
        byte[] code = SeccompFilter.compile(profile);
        int x64 = SeccompArchitecture.X86_64.auditCode();
        assertThat(BpfMachine.run(code, x64, 41, 1, 2)).isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, x64, 41, 1, 3)).isEqualTo(EPERM);
        assertThat(BpfMachine.run(code, x64, 41, 10, 3)).isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, x64, 1, 0, 0)).isEqualTo(ALLOW);
    }

    @Test
    void anArgumentNamedTwiceMeansAnyOfTheTwo() {
        byte[] code = socketRule(equal(0, 1), equal(0, 2));
        int x64 = SeccompArchitecture.X86_64.auditCode();
        assertThat(BpfMachine.run(code, x64, 41, 1)).isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, x64, 41, 2)).isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, x64, 41, 3)).isEqualTo(EPERM);
    }

    @Test
    void aRuleWithoutConditionsTakesWhatConditionsLeave() {
        SeccompProfile profile =
                new SeccompProfile(
                        SeccompAction.ALLOW,
                        Set.of(SeccompArchitecture.X86_64),
                        List.of(
                                new Rule(List.of("clone3"), SeccompAction.errno(38), List.of()),
                                new Rule(
                                        List.of("clone3"),
                                        SeccompAction.errno(7),
                                        List.of(equal(0, 5)))));
        byte[] code = SeccompFilter.compile(profile);
        int x64 = SeccompArchitecture.X86_64.auditCode();
        assertThat(BpfMachine.run(code, x64, 435, 5)).isEqualTo(0x50007);
        assertThat(BpfMachine.run(code, x64, 435, 6)).isEqualTo(ENOSYS);
        assertThat(BpfMachine.run(code, x64, 999)).isEqualTo(ALLOW);
    }

    @Test
    void manyConditionsSurviveTheShortJumps() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rules.add(rule("socket", equal(0, 2 * i), equal(1, i)));
        }
        rules.add(allow(Set.of("read", "close", "dup", "openat")));
        byte[] code =
                SeccompFilter.compile(
                        new SeccompProfile(
                                SeccompAction.errno(1),
                                Set.of(SeccompArchitecture.X86_64, SeccompArchitecture.X86),
                                rules));
        int x64 = SeccompArchitecture.X86_64.auditCode();
        for (int i = 0; i < 300; i++) {
            assertThat(BpfMachine.run(code, x64, 41, 2 * i, i)).isEqualTo(ALLOW);
            assertThat(BpfMachine.run(code, x64, 41, 2 * i + 1, i)).isEqualTo(EPERM);
        }
        assertThat(BpfMachine.run(code, x64, 0)).isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, x64, 257)).isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, x64, 42)).isEqualTo(EPERM);
    }

    @Test
    void aProfileTheKernelWouldRefuseIsRefused() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            rules.add(rule("socket", equal(0, i)));
        }
        SeccompProfile profile =
                new SeccompProfile(
                        SeccompAction.errno(1), Set.of(SeccompArchitecture.X86_64), rules);
        assertThatThrownBy(() -> SeccompFilter.compile(profile)).hasMessageContaining("4096");
    }

    @Test
    void namesOfOtherArchitecturesAreSkipped() {
        byte[] code =
                SeccompFilter.compile(
                        new SeccompProfile(
                                SeccompAction.errno(1),
                                Set.of(SeccompArchitecture.AARCH64),
                                List.of(
                                        allow(
                                                Set.of(
                                                        "open",
                                                        "s390_runtime_instr",
                                                        "no_such_call",
                                                        "openat")))));
        assertThat(BpfMachine.run(code, SeccompArchitecture.AARCH64.auditCode(), 56))
                .isEqualTo(ALLOW);
        assertThat(BpfMachine.run(code, SeccompArchitecture.AARCH64.auditCode(), 2))
                .isEqualTo(EPERM);
    }

    @Test
    void actionsReturnWhatTheKernelExpects() {
        Map<String, Integer> values =
                Map.of(
                        "SCMP_ACT_KILL", 0,
                        "SCMP_ACT_KILL_PROCESS", 0x80000000,
                        "SCMP_ACT_TRAP", 0x30000,
                        "SCMP_ACT_ERRNO", 0x50009,
                        "SCMP_ACT_TRACE", 0x7ff00009,
                        "SCMP_ACT_LOG", 0x7ffc0000,
                        "SCMP_ACT_NOTIFY", 0x7fc00000,
                        "SCMP_ACT_ALLOW", ALLOW);
        values.forEach((name, value) ->
                assertThat(SeccompAction.ofName(name, 9).returnValue()).as(name).isEqualTo(value));
    }

    private static byte[] socketRule(ArgumentFilter... filters) {
        return SeccompFilter.compile(
                new SeccompProfile(
                        SeccompAction.errno(1),
                        Set.of(SeccompArchitecture.X86_64, SeccompArchitecture.X86),
                        List.of(rule("socket", filters))));
    }

    private static Rule rule(String name, ArgumentFilter... filters) {
        return new Rule(List.of(name), SeccompAction.ALLOW, List.of(filters));
    }

    private static Rule allow(Set<String> names) {
        return new Rule(List.copyOf(names), SeccompAction.ALLOW, List.of());
    }

    private static ArgumentFilter equal(int index, long value) {
        return new ArgumentFilter(index, value, 0, Comparison.EQUAL);
    }

    private static boolean holds(Comparison comparison, long a, long b, long second) {
        int order = Long.compareUnsigned(a, b);
        return switch (comparison) {
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case GREATER -> order > 0;
            case MASKED_EQUAL -> (a & b) == (second & b);
        };
    }
}
