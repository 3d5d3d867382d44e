package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.files.Chown;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.RunConfig.Healthcheck;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.RootMount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does the instructions of a stage.
final class StageSolver {
    private final StageWork work;
    private final RunSolver runs;
    private final CopySolver copies;
    private final ConfigSteps config;

    StageSolver(StageWork work, Bases bases) {
        this.work = work;
        Trees trees = new Trees(work, bases);
        this.runs = new RunSolver(work, trees);
        this.copies = new CopySolver(work, trees);
        this.config = new ConfigSteps(work.edit, work.lexer, work.variables());
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
            case Instruction.HealthCheck check -> {
                tellOverridden();
                work.commit(config.apply(check));
            }
            case Instruction.OfConfig change -> work.commit(config.apply(change));
            case Instruction.Workdir workdir -> workdir(workdir);
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

    private void tellOverridden() {
        Healthcheck before = work.edit.healthcheck();
        List<String> test = before == null ? null : before.test();
        if (test != null && !test.isEmpty() && !test.getFirst().equals("NONE")) {
            work.out.line("Note: overriding previous HEALTHCHECK: " + Texts.plain(test));
        }
    }

    private void workdir(Instruction.Workdir workdir) {
        String path = config.workdir(workdir);
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
