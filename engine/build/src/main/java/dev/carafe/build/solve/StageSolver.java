package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.CommandLine;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.KeyValue;
import dev.carafe.build.files.Chown;
import dev.carafe.build.files.Paths;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.RunConfig.Healthcheck;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.RootMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Does the instructions of a stage.
final class StageSolver {
    private final StageWork work;
    private final RunSolver runs;
    private final CopySolver copies;

    StageSolver(StageWork work, Bases bases) {
        this.work = work;
        Trees trees = new Trees(work, bases);
        this.runs = new RunSolver(work, trees);
        this.copies = new CopySolver(work, trees);
    }

    /// The triggers that the base image left.
    void triggers() {
        List<String> triggers = work.edit.takeTriggers();
        if (triggers.isEmpty()) {
            return;
        }
        work.out.line(
                "# Executing "
                        + triggers.size()
                        + " build trigger"
                        + (triggers.size() > 1 ? "s" : ""));
        List<Instruction> instructions =
                triggers.stream()
                        .map(t -> DockerfileParser.instruction(t, work.lexer.escape()))
                        .toList();
        work.watch.expect(instructions);
        for (Instruction instruction : instructions) {
            work.watch.run(
                    instruction, () -> "ONBUILD " + work.name(instruction), () -> run(instruction));
        }
    }

    /// @throws dev.carafe.base.CarafeException with docker's sentence
    void run(Instruction instruction) {
        switch (instruction) {
            case Instruction.From from ->
                    throw new InvalidArgument("FROM isn't allowed inside a stage");
            case Instruction.Arg arg -> arg(arg);
            case Instruction.Run run -> runs.run(run);
            case Instruction.Copy copy -> copies.copy(copy);
            case Instruction.Add add -> copies.add(add);
            case Instruction.Cmd cmd -> {
                List<String> words = words(cmd.command());
                work.edit.cmd(words);
                commit("CMD " + Texts.quoted(words));
            }
            case Instruction.Entrypoint entrypoint -> {
                List<String> words = words(entrypoint.command());
                work.edit.entrypoint(words.isEmpty() ? null : words);
                commit("ENTRYPOINT " + Texts.quoted(words));
            }
            case Instruction.Env env -> env(env);
            case Instruction.Label label -> label(label);
            case Instruction.Workdir workdir -> workdir(workdir);
            case Instruction.User user -> {
                String name = work.expand(user.user());
                work.edit.user(name);
                commit("USER " + name);
            }
            case Instruction.Expose expose -> expose(expose);
            case Instruction.Volume volume -> {
                List<String> paths = work.expandAll(volume.paths());
                if (paths.stream().anyMatch(String::isBlank)) {
                    throw new InvalidArgument("VOLUME specified can not be an empty string");
                }
                paths.forEach(work.edit::volume);
                commit("VOLUME " + Texts.plain(paths));
            }
            case Instruction.HealthCheck check -> health(check.check());
            case Instruction.StopSignal signal -> {
                String name = work.expand(signal.signal());
                if (!name.matches("\\d{1,3}|(?i:(SIG)?[A-Z][A-Z0-9+-]*)")) {
                    throw new InvalidArgument("invalid signal: " + name);
                }
                work.edit.stopSignal(name);
                commit("STOPSIGNAL " + name);
            }
            case Instruction.Shell shell -> {
                work.edit.shell(shell.shell());
                commit("SHELL " + Texts.plain(shell.shell()));
            }
            case Instruction.OnBuild trigger -> {
                work.edit.onBuild(trigger.trigger());
                commit("ONBUILD " + trigger.trigger(), null);
            }
            case Instruction.Maintainer maintainer -> {
                work.author = maintainer.name();
                commit("MAINTAINER " + maintainer.name());
            }
        }
    }

    private void commit(String text) {
        commit(text, text);
    }

    private void commit(String classic, @Nullable String buildKit) {
        work.commit(new StepText(Texts.nop(work.edit.shell(), classic), buildKit));
    }

    /// The exec form as it is, the shell form behind the shell.
    private List<String> words(CommandLine command) {
        if (!command.shell() || command.words().isEmpty()) {
            return command.words();
        }
        List<String> words = new ArrayList<>(work.edit.shell());
        words.addAll(command.words());
        return words;
    }

    private void arg(Instruction.Arg arg) {
        List<String> shown = new ArrayList<>();
        List<String> valued = new ArrayList<>();
        for (Instruction.Arg.Definition definition : arg.definitions()) {
            String name = work.expand(definition.name());
            // a default that nobody needs may have no meaning
            boolean given = work.arguments.isGiven(name);
            String value = given ? definition.value() : work.expandOrNull(definition.value());
            work.arguments.declare(name, value);
            shown.add(value == null ? name : name + "=" + value);
            String known = work.arguments.stageValue(name);
            valued.add(known == null ? name : name + "=" + known);
        }
        commit("ARG " + String.join(" ", shown), "ARG " + String.join(" ", valued));
    }

    private void env(Instruction.Env env) {
        List<String[]> pairs = expanded(env.pairs());
        StringBuilder text = new StringBuilder("ENV");
        for (String[] pair : pairs) {
            work.edit.setEnv(pair[0], pair[1]);
            text.append(' ').append(pair[0]).append('=').append(pair[1]);
        }
        commit(text.toString());
    }

    private void label(Instruction.Label label) {
        StringBuilder text = new StringBuilder("LABEL");
        List<String[]> pairs =
                label.literal()
                        ? label.pairs().stream()
                                .map(p -> new String[] {p.key(), p.value()})
                                .toList()
                        : expanded(label.pairs());
        for (String[] pair : pairs) {
            work.edit.label(pair[0], pair[1]);
            text.append(' ').append(pair[0]).append('=').append(pair[1]);
        }
        commit(text.toString(), label.literal() ? null : text.toString());
    }

    /// All by the state before the instruction.
    private List<String[]> expanded(List<KeyValue> pairs) {
        return pairs.stream()
                .map(p -> new String[] {work.expand(p.key()), work.expand(p.value())})
                .toList();
    }

    private void expose(Instruction.Expose expose) {
        List<String> words = new ArrayList<>();
        for (String port : expose.ports()) {
            words.addAll(work.lexer.words(port, work.variables()));
        }
        Set<String> ports = new TreeSet<>();
        words.forEach(word -> ports.addAll(ports(word)));
        ports.forEach(work.edit::expose);
        commit("EXPOSE " + String.join(" ", words), "EXPOSE " + Texts.plain(List.copyOf(ports)));
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

    private void health(Healthcheck check) {
        Healthcheck before = work.edit.healthcheck();
        List<String> test = before == null ? null : before.test();
        if (test != null && !test.isEmpty() && !test.getFirst().equals("NONE")) {
            work.out.line("Note: overriding previous HEALTHCHECK: " + Texts.plain(test));
        }
        work.edit.healthcheck(check);
        commit("HEALTHCHECK " + Texts.health(check), "HEALTHCHECK " + Texts.healthFields(check));
    }

    private void workdir(Instruction.Workdir workdir) {
        String asked = work.expand(workdir.path());
        if (asked.isEmpty()) {
            throw new InvalidArgument("cannot normalize nothing");
        }
        String path = Paths.absolute(work.edit.workingDir(), asked);
        work.edit.workingDir(path);
        String user = work.edit.user();
        String text = "WORKDIR " + path;
        boolean always = work.job.options().buildKitForm() && !path.equals("/");
        work.step(
                new StepText(Texts.nopNear(work.edit.shell(), text), text),
                user.isEmpty() ? "" : "for " + user,
                () -> !always && isDirectory(path) ? null : directory(path, user));
    }

    private @Nullable AppliedLayer directory(String path, String user) {
        Chown owner = user.isEmpty() ? null : Owners.orRoot(work, user);
        return work.layers.make(
                work.state.top(), owner, null, target -> target.directory(path).close());
    }

    private boolean isDirectory(String path) {
        if (work.state.top() == null) {
            return path.equals("/");
        }
        try (RootMount root = work.job.services().snapshots().view(work.state.top());
                Fd fd =
                        FileSystem.openInRoot(
                                root.mount(),
                                path,
                                FileSystem.O_PATH | FileSystem.O_DIRECTORY,
                                0)) {
            return fd.number() >= 0;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return false;
            }
            throw e;
        }
    }

    static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
