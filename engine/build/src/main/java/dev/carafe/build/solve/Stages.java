package dev.carafe.build.solve;

import dev.carafe.base.Canceled;
import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.words.Lexer;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The stages of one build under way.
final class Stages {
    private static final BuildOutput SILENT =
            new BuildOutput() {
                @Override
                public void write(boolean stderr, byte[] bytes, int offset, int length) {}

                @Override
                public void image(Digest id) {}
            };

    private final Job job;
    private final BuildOutput output;
    private final OutputQueue queue;
    private final int steps;
    private final BuildArguments arguments;
    private final Bases bases;
    private final Map<Integer, CompletableFuture<StageResult>> results = new ConcurrentHashMap<>();

    Stages(Job job, BuildArguments arguments, BuildOutput output) {
        this.job = job;
        this.arguments = arguments;
        this.output = output;
        this.queue = new OutputQueue(output, job.plan().order().size());
        this.steps =
                job.file().globalArgs().size()
                        + job.plan().order().stream().mapToInt(this::stepsOf).sum();
        this.bases = new Bases(job);
    }

    private int stepsOf(int stage) {
        return 1 + job.plan().stages().get(stage).instructions().size();
    }

    State run() {
        tellGlobalArguments();
        int first = job.file().globalArgs().size() + 1;
        int place = 0;
        for (int stage : job.plan().order()) {
            results.put(stage, new CompletableFuture<>());
        }
        for (int stage : job.plan().order()) {
            start(stage, place++, first);
            first += stepsOf(stage);
        }
        StageResult target = awaitAll();
        if (!arguments.unused().isEmpty()) {
            output.line(
                    "[Warning] One or more build-args ["
                            + String.join(" ", arguments.unused())
                            + "] were not consumed");
        }
        return target.state();
    }

    private void tellGlobalArguments() {
        int number = 1;
        for (Instruction.Arg arg : job.file().globalArgs()) {
            output.line("Step " + number++ + "/" + steps + " : " + arg.source().text());
        }
    }

    /// The target's stage, and those that it begins with.
    Set<Integer> belowTarget() {
        Set<Integer> below = new TreeSet<>();
        for (int stage = job.plan().target(); stage >= 0; stage = base(stage)) {
            below.add(stage);
        }
        return below;
    }

    private int base(int stage) {
        Stage one = job.plan().stages().get(stage);
        String name =
                new Lexer(job.file().escape()).expand(one.from().base(), arguments::globalValue);
        return BuildPlan.find(job.plan().stages(), stage, name, false);
    }

    private void start(int stage, int place, int firstStep) {
        BuildOutput out = queue.of(place);
        Thread.ofVirtual()
                .name("build stage " + stage)
                .start(() -> {
                    CompletableFuture<StageResult> result = result(stage);
                    try {
                        result.complete(stage(stage, firstStep, out));
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                        job.cancellation().cancel();
                    } finally {
                        finish(place);
                    }
                });
    }

    private void finish(int place) {
        try {
            queue.finish(place);
        } catch (RuntimeException e) {
            // the client is gone: the stage whose words these are has failed or will
            job.cancellation().cancel();
        }
    }

    private CompletableFuture<StageResult> result(int stage) {
        CompletableFuture<StageResult> result = results.get(stage);
        if (result == null) {
            throw new InvalidArgument("stage " + stage + " is not part of this build");
        }
        return result;
    }

    /// Waits for every stage, also after one has failed: nothing of them is left behind.
    private StageResult awaitAll() {
        Throwable failure = null;
        for (int stage : job.plan().order()) {
            try {
                result(stage).join();
            } catch (CompletionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                boolean follows = cause instanceof Canceled;
                if (failure == null || failure instanceof Canceled && !follows) {
                    failure = cause;
                }
            }
        }
        switch (failure) {
            case null -> {
                return result(job.plan().target()).join();
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new CompletionException(failure);
        }
    }

    private StageResult other(int stage) {
        try {
            return unplanned(stage).join();
        } catch (CompletionException e) {
            throw new Canceled("a stage that this one needs has failed");
        }
    }

    /// A stage that only a trigger of a base image asks for is begun when it is, by whoever asks
    /// first.
    private CompletableFuture<StageResult> unplanned(int stage) {
        CompletableFuture<StageResult> mine = new CompletableFuture<>();
        CompletableFuture<StageResult> known = results.putIfAbsent(stage, mine);
        if (known != null) {
            return known;
        }
        try {
            mine.complete(stage(stage, 1, SILENT));
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        }
        return mine;
    }

    private StageResult stage(int index, int firstStep, BuildOutput out) {
        Stage stage = job.plan().stages().get(index);
        int number = firstStep;
        out.line("Step " + number++ + "/" + steps + " : " + stage.from().source().text());
        StageWork work = begin(index, stage, out);
        StageSolver solver = new StageSolver(work, bases);
        solver.triggers();
        out.line(" ---> " + shortId(work.state));
        for (Instruction instruction : stage.instructions()) {
            job.cancellation().check();
            out.line("Step " + number++ + "/" + steps + " : " + instruction.source().text());
            work.watch.run(
                    instruction, () -> work.name(instruction), () -> solver.run(instruction));
            out.line(" ---> " + shortId(work.state));
        }
        if (job.options().buildKitForm() && work.state.id() == null) {
            // an image without files is one, too
            work.advance();
        }
        Digest id = work.state.id();
        if (id != null) {
            out.image(id);
        }
        return new StageResult(work.state, work.arguments);
    }

    private StageWork begin(int index, Stage stage, BuildOutput out) {
        var lexer = new Lexer(job.file().escape());
        String name = lexer.expand(stage.from().base(), arguments::globalValue);
        Platform platform = platform(stage, lexer);
        boolean explicit = platform != null;
        Platform wanted = platform == null ? Platform.host() : platform;
        String replaced = bases.replaced(name);
        int other = replaced == null ? BuildPlan.find(job.plan().stages(), index, name, false) : -1;
        String from = replaced == null ? name : replaced;
        boolean image = other < 0 && !from.equals("scratch");
        StageWatch watch =
                StageWatch.of(
                        job.watcher(),
                        job.plan().stages(),
                        index,
                        image,
                        job.options().oneOfSeveral() ? wanted.toString() : "");
        BuildArguments inherited = null;
        AtomicReference<State> base = new AtomicReference<>(State.scratch(wanted));
        if (other >= 0) {
            StageResult result = other(other);
            base.set(result.state());
            inherited = result.arguments();
        } else if (image) {
            watch.from(
                    stage.from().source(),
                    from,
                    () -> base.set(Bases.state(bases.image(from, wanted, explicit, out))));
        }
        StageWork work =
                new StageWork(
                        job,
                        index,
                        out,
                        watch,
                        base.get(),
                        arguments.forStage(inherited),
                        this::other);
        if (from.equals("scratch") && job.options().buildKitForm()) {
            work.edit.workingDir("/");
        }
        return work;
    }

    private @Nullable Platform platform(Stage stage, Lexer lexer) {
        String text = stage.from().platform();
        String expanded = text == null ? "" : lexer.expand(text, arguments::globalValue);
        return expanded.isEmpty() ? job.options().platform() : Platform.parse(expanded);
    }

    private static String shortId(State state) {
        Digest id = state.id();
        return id == null ? "" : id.shortHex();
    }
}
