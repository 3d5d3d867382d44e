package dev.carafe.build.solve;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.Undo;
import dev.carafe.build.dockerfile.CommandLine;
import dev.carafe.build.dockerfile.Heredoc;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.RunMount;
import dev.carafe.build.files.Stubs;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.steps.StepContainer;
import dev.carafe.build.steps.StepFailed;
import dev.carafe.build.steps.StepSpec;
import dev.carafe.build.steps.StepSpec.StepMount;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// RUN: one container, whose writable root becomes the layer.
final class RunSolver {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final String SCRIPTS = "/dev/pipes/";

    private final StageWork work;
    private final RunMounts mounts;

    RunSolver(StageWork work, Trees trees) {
        this.work = work;
        this.mounts = new RunMounts(work, trees);
    }

    void run(Instruction.Run run) {
        if (run.command().words().isEmpty()) {
            throw new InvalidArgument("RUN requires at least one argument");
        }
        if ("insecure".equals(work.expandOrNull(run.security()))) {
            throw new InvalidArgument("security.insecure is not allowed: use --security=sandbox");
        }
        if (!run.devices().isEmpty()) {
            throw new InvalidArgument("RUN --device is not supported yet");
        }
        List<String> command = command(run.command());
        List<String> arguments = work.arguments.forRun(work.edit.envNames());
        List<String> shown = new ArrayList<>();
        List<String> inHistory = work.arguments.forHistory(arguments);
        if (!inHistory.isEmpty()) {
            shown.add("|" + inHistory.size());
            shown.addAll(inHistory);
        }
        shown.addAll(command);
        String asked = StageSolver.emptyToNull(work.expandOrNull(run.network()));
        String network = asked == null ? work.job.options().network() : asked;
        List<RunMount> parsed = mounts.parse(run.mounts());
        work.step(
                new StepText(String.join(" ", shown), "RUN " + told(command) + StepText.MADE),
                String.join(
                        "\0",
                        network,
                        work.job.options().hostname(),
                        mounts.key(parsed),
                        scriptText(run.command()),
                        String.join("\0", command)),
                parsed.isEmpty(),
                () -> inContainer(run, command, arguments, network, parsed));
    }

    /// The command behind the arguments that it may use, in the order of their declarations.
    private String told(List<String> command) {
        List<String> declared =
                work.arguments.declared().stream()
                        .map(name ->
                                name
                                        + "="
                                        + Objects.requireNonNullElse(
                                                work.variables().get(name), ""))
                        .toList();
        List<String> words = new ArrayList<>();
        if (!declared.isEmpty()) {
            words.add("|" + declared.size());
            words.addAll(declared);
        }
        words.addAll(command);
        return String.join(" ", words);
    }

    /// The text of a script that has a line naming its interpreter.
    private static String scriptText(CommandLine line) {
        return isScript(line) ? line.heredocs().getFirst().text() : "";
    }

    private static boolean isScript(CommandLine line) {
        return isOneHeredoc(line) && line.heredocs().getFirst().text().startsWith("#!");
    }

    private static boolean isOneHeredoc(CommandLine line) {
        return line.shell()
                && !line.heredocs().isEmpty()
                && Heredoc.begun(line.words().getFirst()) != null;
    }

    private List<String> command(CommandLine line) {
        if (!line.shell()) {
            return line.words();
        }
        List<String> command = new ArrayList<>(work.edit.shell());
        if (isScript(line)) {
            command.add(SCRIPTS + line.heredocs().getFirst().name());
        } else if (isOneHeredoc(line)) {
            command.add(line.heredocs().getFirst().text());
        } else {
            StringBuilder text = new StringBuilder(line.words().getFirst());
            for (Heredoc heredoc : line.heredocs()) {
                text.append('\n').append(heredoc.content()).append(heredoc.name());
            }
            command.add(text.toString());
        }
        return command;
    }

    private @Nullable AppliedLayer inContainer(
            Instruction.Run run,
            List<String> command,
            List<String> arguments,
            String network,
            List<RunMount> parsed) {
        List<String> env = new ArrayList<>(work.edit.envLines());
        env.addAll(arguments);
        try (Undo undo = new Undo()) {
            RunMounts.Prepared given = mounts.prepare(parsed, undo);
            List<StepMount> prepared = new ArrayList<>(given.mounts());
            if (isScript(run.command())) {
                prepared.add(script(run.command().heredocs().getFirst(), undo));
            }
            StepSpec spec = spec(command, env, given.secretEnv(), network, prepared);
            StepContainer container = work.job.services().runner().create(spec);
            boolean done = false;
            try {
                AppliedLayer layer = run(container, command, prepared);
                done = true;
                return layer;
            } finally {
                end(container, done);
            }
        }
    }

    private StepSpec spec(
            List<String> command,
            List<String> env,
            List<String> secretEnv,
            String network,
            List<StepMount> prepared) {
        Digest image = work.state.id();
        return new StepSpec(
                image == null ? Digest.of(work.state.bytes()) : image,
                work.state
                        .with(work.edit.config(), work.author, work.job.now(), null, null, null)
                        .config(),
                work.state.layers(),
                command,
                env,
                secretEnv,
                network,
                work.job.options().hostname(),
                work.job.options().limits(),
                prepared);
    }

    private @Nullable AppliedLayer run(
            StepContainer container, List<String> command, List<StepMount> prepared) {
        String shortId = Ids.shortId(container.id());
        work.out.line(" ---> Running in " + shortId);
        int code;
        try (Cancellation.Running _ = work.job.cancellation().begin(container::kill)) {
            code =
                    container.run((stderr, bytes, offset, length) -> {
                        work.out.write(stderr, bytes, offset, length);
                        work.watch.writes(bytes, offset, length);
                    });
        } catch (CarafeException e) {
            throw Emulation.explained(e, work.state.config().platform());
        }
        work.job.cancellation().check();
        if (code != 0) {
            throw new StepFailed(code, String.join(" ", command));
        }
        removeStubs(container.id(), prepared);
        return work.layers.layer(container.id(), work.state.top());
    }

    private void end(StepContainer container, boolean done) {
        if (work.job.cancellation().isCanceled()) {
            // nobody is there to look at it
            container.close();
            return;
        }
        if (done ? work.job.options().remove() : work.job.options().forceRemove()) {
            container.close();
            work.out.line(" ---> Removed intermediate container " + Ids.shortId(container.id()));
        } else {
            container.keep();
        }
    }

    private void removeStubs(String id, List<StepMount> prepared) {
        ChainId top = work.state.top();
        List<String> targets = prepared.stream().map(StepMount::target).toList();
        Path upperPath = work.job.services().snapshots().dirs(id).upper();
        try (Fd upper = FileSystem.open(upperPath.toString(), DIRECTORY)) {
            if (top == null) {
                try (Downloads aside = new Downloads(work.job)) {
                    new Stubs(upper, aside.folder()).remove(targets);
                }
                return;
            }
            try (RootMount lower = work.job.services().snapshots().view(top)) {
                new Stubs(upper, lower.mount()).remove(targets);
            }
        }
    }

    private StepMount script(Heredoc heredoc, Undo undo) {
        Downloads aside = new Downloads(work.job);
        undo.push(aside::close);
        Path file = aside.newFolder().resolve("script");
        try {
            Files.writeString(file, heredoc.text(), StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "write a script: " + e.getMessage(), e);
        }
        return new StepMount(file.toString(), SCRIPTS + heredoc.name(), true, 0);
    }
}
