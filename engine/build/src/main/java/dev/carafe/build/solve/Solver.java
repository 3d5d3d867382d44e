package dev.carafe.build.solve;

import dev.carafe.base.Canceled;
import dev.carafe.base.InvalidArgument;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.KeyValue;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.words.Lexer;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.images.LayerHold;
import dev.carafe.images.NewImage;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.LayerInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Solves one build: plans its stages, runs them, and stores the target's image.
public final class Solver {
    private final Services services;
    private final SolveOptions options;
    private final BuildClient client;
    private final BuildWatcher watcher;
    private final Cancellation cancellation;
    private final Clock clock;

    public Solver(
            Services services,
            SolveOptions options,
            BuildClient client,
            BuildWatcher watcher,
            Cancellation cancellation,
            Clock clock) {
        this.services = services;
        this.options = options;
        this.client = client;
        this.watcher = watcher;
        this.cancellation = cancellation;
        this.clock = clock;
    }

    /// @param context the same each time; asked for when a step first needs it
    /// @param names for the image
    /// @return the image, and what it was made by
    /// @throws CarafeException what is wrong, with docker's sentence
    /// @throws dev.carafe.build.steps.StepFailed a command failed
    public Solved solve(
            Dockerfile asWritten,
            Supplier<BuildContext> context,
            List<ImageReference> names,
            BuildOutput output) {
        if (options.buildKitForm() && asWritten.stages().isEmpty()) {
            throw new InvalidArgument("dockerfile contains no stages to build");
        }
        Dockerfile file = labelled(asWritten);
        Platform platform = options.platform();
        BuildArguments arguments =
                BuildArguments.of(
                        options.buildArgs(),
                        platform == null ? Platform.host() : platform,
                        targetName(file, options));
        file.globalArgs().forEach(arg -> arguments.declareGlobal(arg, file.escape()));
        if (!options.buildKitForm()) {
            BuildPlan.checkNames(file.stages());
        }
        checkBases(file, arguments);
        Lexer lexer = new Lexer(file.escape());
        BuildPlan plan =
                BuildPlan.of(
                        file,
                        options.target(),
                        name -> lexer.expand(name, arguments::globalValue),
                        name -> client.context(name).isPresent());
        Instant epoch =
                new EpochSource(services, file, arguments, context, client, watcher, cancellation)
                        .resolve();
        try (LayerHold hold = services.images().hold()) {
            Job job =
                    new Job(
                            services,
                            options,
                            file,
                            plan,
                            context,
                            client,
                            watcher,
                            hold,
                            cancellation,
                            clock,
                            new UsedSteps(),
                            epoch);
            Stages under = new Stages(job, arguments, output);
            State state = under.run();
            return new Solved(store(state, names), job.used().all(under.belowTarget()), epoch);
        }
    }

    /// Every FROM, needed or not.
    private static void checkBases(Dockerfile file, BuildArguments arguments) {
        for (Stage stage : file.stages()) {
            InvalidArgument wrong = Outset.wrong(stage.from(), file.escape(), arguments);
            if (wrong != null) {
                throw wrong;
            }
        }
    }

    /// What was asked for, else the last stage's name; null for none.
    static @Nullable String targetName(Dockerfile file, SolveOptions options) {
        return options.target() == null && !file.stages().isEmpty()
                ? file.stages().getLast().from().name()
                : options.target();
    }

    private Digest store(State state, List<ImageReference> names) {
        ImageStore images = services.images();
        List<Long> sizes =
                state.layers().stream()
                        .map(layer -> services.snapshots().layer(layer))
                        .map(info -> info.map(LayerInfo::tarBytes).orElse(0L))
                        .toList();
        Digest id = state.id();
        if (id == null) {
            throw new InvalidArgument("No image was generated. Is your Dockerfile empty?");
        }
        if (images.byId(id).isPresent()) {
            images.byId(id).ifPresent(image -> names.forEach(name -> images.tag(image, name)));
            return id;
        }
        Digest parent =
                options.buildKitForm()
                        ? null
                        : images.below(OciJson.config(state.bytes())).map(Image::id).orElse(null);
        return images.add(NewImage.plain(state.bytes(), sizes, names).of(parent)).id();
    }

    /// With a LABEL for each of the request's labels at the end of the target.
    private Dockerfile labelled(Dockerfile file) {
        if (options.labels().isEmpty()) {
            return file;
        }
        int target = BuildPlan.of(file, options.target()).target();
        List<Stage> stages = new ArrayList<>(file.stages());
        Stage stage = stages.get(target);
        List<Instruction> instructions = new ArrayList<>(stage.instructions());
        new TreeMap<>(options.labels())
                .forEach((name, value) ->
                        instructions.add(
                                new Instruction.Label(
                                        new Source(0, 0, "LABEL " + name + "=" + value),
                                        List.of(new KeyValue(name, value, false)),
                                        true)));
        stages.set(target, new Stage(stage.from(), instructions));
        return new Dockerfile(
                file.escape(),
                file.syntax(),
                file.check(),
                file.globalArgs(),
                stages,
                file.warnings());
    }

    /// The stages of one build under way.
    private static final class Stages {
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
        private final Map<Integer, CompletableFuture<StageResult>> results =
                new ConcurrentHashMap<>();

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
                    new Lexer(job.file().escape())
                            .expand(one.from().base(), arguments::globalValue);
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

        /// A stage that only a trigger of a base image asks for is begun when it is, by whoever
        /// asks first.
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
            int other =
                    replaced == null ? BuildPlan.find(job.plan().stages(), index, name, false) : -1;
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
}
