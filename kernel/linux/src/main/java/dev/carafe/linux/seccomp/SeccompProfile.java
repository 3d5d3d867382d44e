package dev.carafe.linux.seccomp;

import java.util.List;
import java.util.Set;

/// A profile with everything decided, of the shape of the OCI spec's `linux.seccomp`.
///
/// @param defaultAction for calls no rule matches
/// @param architectures whose calls are judged; every call of another kills the process
/// @param rules of several that match a call, the first one counts; those with argument filters
///   come before those without
public record SeccompProfile(
        SeccompAction defaultAction, Set<SeccompArchitecture> architectures, List<Rule> rules) {
    public SeccompProfile {
        architectures = Set.copyOf(architectures);
        rules = List.copyOf(rules);
    }

    /// What to do with some calls.
    ///
    /// @param names the kernel's names; unknown ones are skipped, since profiles name calls of
    ///   every architecture
    /// @param arguments all must hold; but where an argument is named twice, any one suffices (so
    ///   it is with runc)
    public record Rule(List<String> names, SeccompAction action, List<ArgumentFilter> arguments) {
        public Rule {
            names = List.copyOf(names);
            arguments = List.copyOf(arguments);
        }
    }

    /// A condition on an argument; comparisons are unsigned.
    ///
    /// @param index 0 to 5
    /// @param value compared with; for MASKED_EQUAL the mask
    /// @param second for MASKED_EQUAL: `(argument & value) == second`
    public record ArgumentFilter(int index, long value, long second, Comparison comparison) {
        public ArgumentFilter {
            if (index < 0 || index > 5) {
                throw new IllegalArgumentException("argument index " + index);
            }
        }
    }

    /// How an argument is compared.
    public enum Comparison {
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        EQUAL,
        GREATER_OR_EQUAL,
        GREATER,
        MASKED_EQUAL;

        /// The operator of an OCI name such as `SCMP_CMP_EQ`.
        ///
        /// @throws IllegalArgumentException for an unknown name
        public static Comparison ofName(String name) {
            return switch (name) {
                case "SCMP_CMP_NE" -> NOT_EQUAL;
                case "SCMP_CMP_LT" -> LESS;
                case "SCMP_CMP_LE" -> LESS_OR_EQUAL;
                case "SCMP_CMP_EQ" -> EQUAL;
                case "SCMP_CMP_GE" -> GREATER_OR_EQUAL;
                case "SCMP_CMP_GT" -> GREATER;
                case "SCMP_CMP_MASKED_EQ" -> MASKED_EQUAL;
                default -> throw new IllegalArgumentException("unknown seccomp operator " + name);
            };
        }
    }
}
