package dev.carafe.build.check;

import dev.carafe.build.dockerfile.CommandLine;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.KeyValue;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The instructions of one stage, one after the other.
final class InstructionChecks {
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)");
    private static final Pattern NO_SECRET =
            Pattern.compile("(?i)(?:_|^)(?:public|file|version)(?:_|$)");

    private final CheckSubject subject;
    private final StageView view;
    private final Findings findings;
    private final Lexer lexer;
    private final Map<String, Source> once = new HashMap<>();

    InstructionChecks(CheckSubject subject, StageView view, Findings findings) {
        this.subject = subject;
        this.view = view;
        this.findings = findings;
        this.lexer = new Lexer(subject.file().escape());
    }

    void check(Instruction instruction) {
        switch (instruction) {
            case Instruction.Arg arg -> arg(arg);
            case Instruction.Env env -> env(env);
            case Instruction.Label label -> label(label);
            case Instruction.Cmd cmd -> command("CMD", cmd.source(), cmd.command());
            case Instruction.Entrypoint entrypoint ->
                    command("ENTRYPOINT", entrypoint.source(), entrypoint.command());
            case Instruction.HealthCheck check -> once("HEALTHCHECK", check.source());
            case Instruction.Shell shell -> view.setShell();
            case Instruction.Workdir workdir -> workdir(workdir);
            case Instruction.Expose expose ->
                    expanded(expose.source(), expose.ports())
                            .forEach(port -> PortChecks.add(expose.source(), port, findings));
            case Instruction.Copy copy -> {
                List<String> paths = FileSources.expanded(copy, this::expanded);
                if (copy.from() == null) {
                    IgnoredSources.add(subject, "Copy", copy.source(), paths, findings);
                }
            }
            case Instruction.Add add -> {
                List<String> paths = FileSources.expanded(add, this::expanded);
                IgnoredSources.add(subject, "Add", add.source(), paths, findings);
            }
            case Instruction.Run run -> expanded(run.source(), run.mounts());
            case Instruction.User user -> expanded(user.source(), List.of(user.user()));
            case Instruction.Volume volume -> expanded(volume.source(), volume.paths());
            case Instruction.StopSignal stop -> expanded(stop.source(), List.of(stop.signal()));
            case Instruction.OnBuild onBuild -> {}
            case Instruction.Maintainer maintainer -> {}
            case Instruction.From from -> {}
        }
    }

    /// The texts with values in place; those that can't be expanded are left out.
    private List<String> expanded(Source source, List<String> texts) {
        return expanded(source, texts, List.of());
    }

    private List<String> expanded(Source source, List<String> texts, List<String> inline) {
        Expansion expansion = new Expansion(lexer, view::value);
        List<String> all = new ArrayList<>();
        for (String text : texts) {
            String value = expansion.of(text);
            if (value != null) {
                all.add(value);
            }
        }
        inline.forEach(expansion::ofInline);
        expansion.unset().stream()
                .filter(view::lacks)
                .forEach(name ->
                        findings.add(
                                Rule.UNDEFINED_VAR,
                                source,
                                "Usage of undefined variable '$" + name + "'" + hint(name)));
        return all;
    }

    private String hint(String name) {
        return Nearest.hint(name, view.names()).replace("(did you mean ", "(did you mean $");
    }

    private void arg(Instruction.Arg arg) {
        for (Instruction.Arg.Definition one : arg.definitions()) {
            secret("ARG", arg.source(), one.name());
            view.declare(one.name(), value(arg, one));
        }
    }

    private @Nullable String value(Instruction.Arg arg, Instruction.Arg.Definition one) {
        CheckArguments arguments = subject.arguments();
        String given = arguments.given().get(one.name());
        if (given != null) {
            return given;
        }
        String written = one.value();
        if (written == null) {
            return arguments.values().get(one.name());
        }
        return expanded(arg.source(), List.of(written)).stream().findFirst().orElse("");
    }

    private void env(Instruction.Env env) {
        legacy("ENV", env.source(), env.pairs());
        Map<String, String> set = new HashMap<>();
        for (KeyValue pair : env.pairs()) {
            List<String> texts = expanded(env.source(), List.of(pair.key(), pair.value()));
            if (texts.size() == 2) {
                secret("ENV", env.source(), texts.getFirst());
                set.put(texts.getFirst(), texts.getLast());
            }
        }
        set.forEach(view::set);
    }

    private void label(Instruction.Label label) {
        legacy("LABEL", label.source(), label.pairs());
        if (!label.literal()) {
            for (KeyValue pair : label.pairs()) {
                expanded(label.source(), List.of(pair.key(), pair.value()));
            }
        }
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

    private void secret(String instruction, Source source, String name) {
        if (SECRET.matcher(name).find() && !NO_SECRET.matcher(name).find()) {
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

    private void command(String name, Source source, CommandLine command) {
        once(name, source);
        if (command.shell() && !command.words().isEmpty() && !view.hasShell()) {
            findings.add(
                    Rule.JSON_ARGS_RECOMMENDED,
                    source,
                    "JSON arguments recommended for "
                            + name
                            + " to prevent unintended behavior related to OS signals");
        }
    }

    /// Of several, the one that will not count is told, by the directive above the later.
    private void once(String name, Source source) {
        Source before = once.put(name, source);
        if (before != null) {
            findings.add(
                    Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
                    before,
                    source,
                    "Multiple "
                            + name
                            + " instructions should not be used in the same stage because only the"
                            + " last one will be used");
        }
    }

    /// Only the first of a stage and those that it begins with: it is where all are mended.
    private void workdir(Instruction.Workdir workdir) {
        for (String path : expanded(workdir.source(), List.of(workdir.path()))) {
            if (!view.hadWorkdir() && !path.startsWith("/")) {
                findings.add(
                        Rule.WORKDIR_RELATIVE_PATH,
                        workdir.source(),
                        "Relative workdir "
                                + Lexer.quoted(path)
                                + " can have unexpected results if the base image changes");
            }
        }
        view.setWorkdir();
    }
}
