package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Nearest;
import dev.carafe.oci.ImageConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Variables that no ARG, ENV or base image defines. Where the base image is not known, nothing is
/// said: it may define them.
final class VariableChecks {
    private static final List<String> ALWAYS =
            List.of(
                    "PATH",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "FTP_PROXY",
                    "NO_PROXY",
                    "ALL_PROXY",
                    "http_proxy",
                    "https_proxy",
                    "ftp_proxy",
                    "no_proxy",
                    "all_proxy");

    private VariableChecks() {}

    static void add(CheckSubject subject, Findings findings) {
        Map<String, Set<String>> byStage = new HashMap<>();
        for (Stage stage : subject.file().stages()) {
            String base = stage.from().base();
            Set<String> known = byStage.get(base);
            if (known == null) {
                known = base.equals("scratch") ? new HashSet<>() : ofImage(subject, base);
            }
            if (known == null) {
                continue;
            }
            Set<String> defined = new HashSet<>(known);
            defined.addAll(ALWAYS);
            stage.instructions().forEach(i -> check(i, defined, subject.file().escape(), findings));
            String name = stage.from().name();
            if (name != null) {
                byStage.put(name, defined);
            }
        }
    }

    private static @Nullable Set<String> ofImage(CheckSubject subject, String base) {
        Optional<ImageConfig> config = subject.images().apply(base);
        if (config.isEmpty()) {
            return null;
        }
        Set<String> names = new HashSet<>();
        for (String line : config.get().config().envOrEmpty()) {
            int equals = line.indexOf('=');
            names.add(equals < 0 ? line : line.substring(0, equals));
        }
        return names;
    }

    private static void check(
            Instruction instruction, Set<String> defined, char escape, Findings findings) {
        boolean expands =
                switch (instruction) {
                    case Instruction.Run r -> false;
                    case Instruction.Cmd c -> false;
                    case Instruction.Entrypoint e -> false;
                    case Instruction.HealthCheck h -> false;
                    case Instruction.Shell s -> false;
                    case Instruction.OnBuild o -> false;
                    case Instruction.Maintainer m -> false;
                    default -> true;
                };
        if (expands) {
            for (String name : VariableNames.used(instruction.source().text(), escape)) {
                if (!defined.contains(name)) {
                    findings.add(
                            Rule.UNDEFINED_VAR,
                            instruction.source(),
                            "Usage of undefined variable '$"
                                    + name
                                    + "'"
                                    + Nearest.hint(name, defined)
                                            .replace("(did you mean ", "(did you mean $"));
                }
            }
        }
        if (instruction instanceof Instruction.Arg arg) {
            arg.definitions().forEach(definition -> defined.add(definition.name()));
        } else if (instruction instanceof Instruction.Env env) {
            env.pairs().forEach(pair -> defined.add(pair.key()));
        }
    }
}
