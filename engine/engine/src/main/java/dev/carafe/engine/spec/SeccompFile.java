package dev.carafe.engine.spec;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A seccomp profile as people write it: the runtime spec's filter, with rules that hold only for
/// some capabilities, architectures or kernels. Docker's `--security-opt seccomp=FILE` has this
/// shape.
@Json
public record SeccompFile(
        String defaultAction,
        @Nullable Integer defaultErrnoRet,
        @Nullable List<String> architectures,
        @Nullable List<Architecture> archMap,
        @Nullable List<String> flags,
        @Nullable List<Rule> syscalls) {

    /// @param architecture when the machine is this one, these and its sub-architectures are
    ///   filtered
    @Json
    public record Architecture(String architecture, @Nullable List<String> subArchitectures) {}

    /// @param name the old form of `names`
    @Json
    public record Rule(
            @Nullable List<String> names,
            @Nullable String name,
            String action,
            @Nullable Integer errnoRet,
            @Nullable List<Arg> args,
            @Nullable Condition includes,
            @Nullable Condition excludes) {}

    /// The values are unsigned 64 bit numbers, as the op's name tells how to use them.
    @Json
    public record Arg(int index, long value, long valueTwo, String op) {}

    /// @param caps all of them granted
    /// @param arches Docker's short names (`amd64`, `x86`, `arm64`): one of them
    /// @param minKernel `4.8`: this kernel or a newer one
    @Json
    public record Condition(
            @Nullable List<String> caps,
            @Nullable List<String> arches,
            @Nullable String minKernel) {}
}
