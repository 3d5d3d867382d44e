package dev.carafe.build.solve;

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
import java.util.TreeMap;
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
}
