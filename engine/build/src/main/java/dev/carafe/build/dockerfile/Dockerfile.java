package dev.carafe.build.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed Dockerfile.
///
/// @param escape the escape character: backslash, or backtick by `# escape=`
/// @param syntax the value of `# syntax=`, null for none
/// @param check the value of `# check=`, null for none
/// @param globalArgs ARG instructions before the first FROM
/// @param warnings one sentence each
public record Dockerfile(
        char escape,
        @Nullable String syntax,
        @Nullable String check,
        List<Instruction.Arg> globalArgs,
        List<Stage> stages,
        List<Warning> warnings) {
    public Dockerfile {
        globalArgs = List.copyOf(globalArgs);
        stages = List.copyOf(stages);
        warnings = List.copyOf(warnings);
    }

    /// @param line counted from 1
    public record Warning(int line, String text) {}

    /// The index of the last stage with this name, or of the one with that number; or -1.
    public int stage(String nameOrIndex) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).isNamed(nameOrIndex)) {
                return i;
            }
        }
        if (!nameOrIndex.matches("\\d{1,6}")) {
            return -1;
        }
        int index = Integer.parseInt(nameOrIndex);
        return index < stages.size() ? index : -1;
    }
}
