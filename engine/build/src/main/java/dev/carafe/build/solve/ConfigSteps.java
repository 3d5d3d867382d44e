package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.CommandLine;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.KeyValue;
import dev.carafe.build.files.Paths;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Does to a configuration what instructions say that change nothing else. Not thread-safe.
///
/// @param variables known to the instructions
record ConfigSteps(ImageEdit edit, Lexer lexer, Variables variables) {
    /// @return the instruction in the words of histories
    /// @throws InvalidArgument with docker's sentence
    StepText apply(Instruction.OfConfig instruction) {
        return switch (instruction) {
            case Instruction.Cmd cmd -> {
                List<String> words = words(cmd.command());
                edit.cmd(words);
                yield text("CMD " + Texts.quoted(words));
            }
            case Instruction.Entrypoint entrypoint -> {
                List<String> words = words(entrypoint.command());
                edit.entrypoint(words.isEmpty() ? null : words);
                yield text("ENTRYPOINT " + Texts.quoted(words));
            }
            case Instruction.Env env -> env(env);
            case Instruction.Label label -> label(label);
            case Instruction.User user -> {
                String name = expand(user.user());
                edit.user(name);
                yield text("USER " + name);
            }
            case Instruction.Expose expose -> expose(expose);
            case Instruction.Volume volume -> volume(volume);
            case Instruction.HealthCheck health -> {
                edit.healthcheck(health.check());
                yield text(
                        "HEALTHCHECK " + Texts.health(health.check()),
                        "HEALTHCHECK " + Texts.healthFields(health.check()));
            }
            case Instruction.StopSignal signal -> stopSignal(signal);
            case Instruction.Shell shell -> {
                edit.shell(shell.shell());
                yield text("SHELL " + Texts.plain(shell.shell()));
            }
            case Instruction.OnBuild trigger -> {
                edit.onBuild(trigger.trigger());
                yield new StepText(nop("ONBUILD " + trigger.trigger()), null);
            }
        };
    }

    /// Changes the working directory, which nobody makes yet.
    ///
    /// @return the whole path
    String workdir(Instruction.Workdir workdir) {
        String asked = expand(workdir.path());
        if (asked.isEmpty()) {
            throw new InvalidArgument("cannot normalize nothing");
        }
        String path = Paths.absolute(edit.workingDir(), asked);
        edit.workingDir(path);
        return path;
    }

    private StepText text(String text) {
        return text(text, text);
    }

    private StepText text(String classic, String buildKit) {
        return new StepText(nop(classic), buildKit);
    }

    private String nop(String text) {
        return Texts.nop(edit.shell(), text);
    }

    private String expand(String text) {
        return lexer.expand(text, variables);
    }

    /// The exec form as it is, the shell form behind the shell.
    private List<String> words(CommandLine command) {
        if (!command.shell() || command.words().isEmpty()) {
            return command.words();
        }
        List<String> words = new ArrayList<>(edit.shell());
        words.addAll(command.words());
        return words;
    }

    private StepText env(Instruction.Env env) {
        List<String[]> pairs = expanded(env.pairs());
        StringBuilder text = new StringBuilder("ENV");
        for (String[] pair : pairs) {
            edit.setEnv(pair[0], pair[1]);
            text.append(' ').append(pair[0]).append('=').append(pair[1]);
        }
        return text(text.toString());
    }

    private StepText label(Instruction.Label label) {
        StringBuilder text = new StringBuilder("LABEL");
        List<String[]> pairs =
                label.literal()
                        ? label.pairs().stream()
                                .map(p -> new String[] {p.key(), p.value()})
                                .toList()
                        : expanded(label.pairs());
        for (String[] pair : pairs) {
            edit.label(pair[0], pair[1]);
            text.append(' ').append(pair[0]).append('=').append(pair[1]);
        }
        return new StepText(nop(text.toString()), label.literal() ? null : text.toString());
    }

    /// All by the state before the instruction.
    private List<String[]> expanded(List<KeyValue> pairs) {
        return pairs.stream().map(p -> new String[] {expand(p.key()), expand(p.value())}).toList();
    }

    private StepText volume(Instruction.Volume volume) {
        List<String> paths = volume.paths().stream().map(this::expand).toList();
        if (paths.stream().anyMatch(String::isBlank)) {
            throw new InvalidArgument("VOLUME specified can not be an empty string");
        }
        paths.forEach(edit::volume);
        return text("VOLUME " + Texts.plain(paths));
    }

    private StepText stopSignal(Instruction.StopSignal signal) {
        String name = expand(signal.signal());
        if (!name.matches("\\d{1,3}|(?i:(SIG)?[A-Z][A-Z0-9+-]*)")) {
            throw new InvalidArgument("invalid signal: " + name);
        }
        edit.stopSignal(name);
        return text("STOPSIGNAL " + name);
    }

    private StepText expose(Instruction.Expose expose) {
        List<String> words = new ArrayList<>();
        for (String port : expose.ports()) {
            words.addAll(lexer.words(port, variables));
        }
        Set<String> ports = new TreeSet<>();
        words.forEach(word -> ports.addAll(ports(word)));
        ports.forEach(edit::expose);
        return text(
                "EXPOSE " + String.join(" ", words), "EXPOSE " + Texts.plain(List.copyOf(ports)));
    }

    private static List<String> ports(String word) {
        String[] parts = word.split("/", 2);
        String protocol = parts.length < 2 ? "tcp" : parts[1].toLowerCase(Locale.ROOT);
        String container = parts[0].substring(parts[0].lastIndexOf(':') + 1);
        String[] range = container.split("-", 2);
        int from = number(range[0], container);
        int to = number(range[range.length - 1], container);
        if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
            throw new InvalidArgument("invalid proto: " + protocol);
        }
        if (to < from) {
            throw new InvalidArgument("invalid containerPort: " + container);
        }
        return IntStream.rangeClosed(from, to).mapToObj(port -> port + "/" + protocol).toList();
    }

    private static int number(String digits, String shown) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new InvalidArgument("invalid containerPort: " + shown);
        }
        return Integer.parseInt(digits);
    }
}
