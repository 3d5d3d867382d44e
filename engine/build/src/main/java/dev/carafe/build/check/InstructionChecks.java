package dev.carafe.build.check;

import dev.carafe.build.dockerfile.CommandLine;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.KeyValue;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Instructions by themselves, and what they are among those of their stage.
final class InstructionChecks {
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)");
    private static final Pattern PUBLIC = Pattern.compile("(?i)(?:_|^)public(?:_|$)");

    private final Findings findings;
    private final Set<String> absoluteStages = new HashSet<>();

    private InstructionChecks(Findings findings) {
        this.findings = findings;
    }

    static void add(Dockerfile file, Findings findings) {
        InstructionChecks checks = new InstructionChecks(findings);
        file.globalArgs().forEach(checks::secretArgs);
        file.stages().forEach(checks::stage);
    }

    private void stage(Stage stage) {
        Map<String, List<Source>> once = new HashMap<>();
        boolean shell = false;
        boolean absolute = absoluteStages.contains(stage.from().base());
        for (Instruction instruction : stage.instructions()) {
            switch (instruction) {
                case Instruction.Cmd cmd ->
                        command("CMD", cmd.source(), cmd.command(), shell, once);
                case Instruction.Entrypoint entrypoint ->
                        command(
                                "ENTRYPOINT",
                                entrypoint.source(),
                                entrypoint.command(),
                                shell,
                                once);
                case Instruction.HealthCheck check -> note("HEALTHCHECK", check.source(), once);
                case Instruction.Shell s -> shell = true;
                case Instruction.Maintainer maintainer ->
                        findings.add(
                                Rule.MAINTAINER_DEPRECATED,
                                maintainer.source(),
                                "Maintainer instruction is deprecated in favor of using label");
                case Instruction.Workdir workdir -> absolute = workdir(workdir, absolute);
                case Instruction.Env env -> {
                    legacy("ENV", env.source(), env.pairs());
                    env.pairs().forEach(pair -> secret("ENV", env.source(), pair.key()));
                }
                case Instruction.Label label -> legacy("LABEL", label.source(), label.pairs());
                case Instruction.Arg arg -> secretArgs(arg);
                default -> {}
            }
        }
        String name = stage.from().name();
        if (absolute && name != null) {
            absoluteStages.add(name);
        }
        once.forEach(this::allButTheLast);
    }

    private void command(
            String name,
            Source source,
            CommandLine command,
            boolean shell,
            Map<String, List<Source>> once) {
        note(name, source, once);
        if (command.shell() && !command.words().isEmpty() && !shell) {
            findings.add(
                    Rule.JSON_ARGS_RECOMMENDED,
                    source,
                    "JSON arguments recommended for "
                            + name
                            + " to prevent unintended behavior related to OS signals");
        }
    }

    private static void note(String name, Source source, Map<String, List<Source>> once) {
        once.computeIfAbsent(name, n -> new ArrayList<>()).add(source);
    }

    private void allButTheLast(String name, List<Source> places) {
        for (Source place : places.subList(0, places.size() - 1)) {
            findings.add(
                    Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
                    place,
                    "Multiple "
                            + name
                            + " instructions should not be used in the same stage because only the"
                            + " last one will be used");
        }
    }

    private boolean workdir(Instruction.Workdir workdir, boolean absolute) {
        if (workdir.path().startsWith("/") || workdir.path().startsWith("$")) {
            return true;
        }
        if (!absolute) {
            findings.add(
                    Rule.WORKDIR_RELATIVE_PATH,
                    workdir.source(),
                    "Relative workdir "
                            + Lexer.quoted(workdir.path())
                            + " can have unexpected results if the base image changes");
        }
        return absolute;
    }

    private void legacy(String name, Source source, List<KeyValue> pairs) {
        if (pairs.stream().anyMatch(KeyValue::legacy)) {
            findings.add(
                    Rule.LEGACY_KEY_VALUE_FORMAT,
                    source,
                    "\"%s key=value\" should be used instead of legacy \"%s key value\" format"
                            .formatted(name, name));
        }
    }

    private void secretArgs(Instruction.Arg arg) {
        arg.definitions().forEach(definition -> secret("ARG", arg.source(), definition.name()));
    }

    private void secret(String instruction, Source source, String name) {
        if (SECRET.matcher(name).find() && !PUBLIC.matcher(name).find()) {
            findings.add(
                    Rule.SECRETS_USED_IN_ARG_OR_ENV,
                    source,
                    "Do not use ARG or ENV instructions for sensitive data ("
                            + instruction
                            + " "
                            + Lexer.quoted(name)
                            + ")");
        }
    }
}
