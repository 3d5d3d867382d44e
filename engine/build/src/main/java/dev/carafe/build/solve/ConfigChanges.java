package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.DockerfileParser.Loose;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.words.Lexer;
import dev.carafe.oci.RunConfig;
import java.util.List;
import java.util.Set;

/// Changes a configuration by instructions of a Dockerfile, as `docker commit --change` and `docker
/// import --change` do. Variables are those of the configuration, as far as it is changed by then.
public final class ConfigChanges {
    private static final Set<String> ALLOWED =
            Set.of(
                    "CMD",
                    "ENTRYPOINT",
                    "ENV",
                    "EXPOSE",
                    "HEALTHCHECK",
                    "LABEL",
                    "ONBUILD",
                    "STOPSIGNAL",
                    "USER",
                    "VOLUME",
                    "WORKDIR");

    private ConfigChanges() {}

    /// @param changes read as the lines of one Dockerfile; with none the configuration stays as it
    ///   is, to the byte
    /// @throws InvalidArgument for an instruction that is unknown, not allowed here, or wrong
    public static RunConfig apply(RunConfig base, List<String> changes) {
        if (changes.isEmpty()) {
            return base;
        }
        Loose read = DockerfileParser.changes(String.join("\n", changes), ALLOWED);
        ImageEdit edit = new ImageEdit(base, false);
        ConfigSteps steps = new ConfigSteps(edit, new Lexer(read.escape()), edit::env);
        for (Instruction instruction : read.instructions()) {
            switch (instruction) {
                case Instruction.OfConfig change -> steps.apply(change);
                case Instruction.Workdir workdir -> steps.workdir(workdir);
                default -> throw new InvalidArgument(instruction + " is no change command");
            }
        }
        return edit.config();
    }
}
