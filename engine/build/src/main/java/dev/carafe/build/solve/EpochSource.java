package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.client.NamedContext;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.Moments;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.files.Archives;
import dev.carafe.build.git.GitFetch;
import dev.carafe.build.git.GitSource;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.words.Lexer;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where SOURCE_DATE_EPOCH comes from: a moment, or what has one: `context` for the context, the
/// name of another one (`--build-context`), or that of a stage that does nothing but ADD from one
/// address. The moment of a repository is that of the commit, of a file its `Last-Modified`, of an
/// archive without that its newest file's; folders of the client have none.
record EpochSource(
        Services services,
        Dockerfile file,
        BuildArguments arguments,
        Supplier<BuildContext> context,
        BuildClient client,
        BuildWatcher watcher,
        Cancellation cancellation) {
    private static final String NAME = "SOURCE_DATE_EPOCH";
    private static final int FILE = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;

    /// From here on the argument's value is the moment.
    ///
    /// @return null for none
    /// @throws InvalidArgument for anything else
    @Nullable Instant resolve() {
        String value = arguments.controlValue(NAME);
        if (value == null || value.isEmpty() || Epoch.isMoment(value)) {
            return Epoch.parse(value);
        }
        Instant found = found(value);
        Instant moment = found == null ? null : found.truncatedTo(ChronoUnit.SECONDS);
        arguments.settle(NAME, moment == null ? "" : Long.toString(moment.getEpochSecond()));
        return moment;
    }

    private @Nullable Instant found(String value) {
        if (value.equals("context")) {
            return context.get().moment();
        }
        Optional<NamedContext> named = client.context(value);
        if (named.isPresent()) {
            return named.get() instanceof NamedContext.OfFiles files
                    ? files.files().moment()
                    : null;
        }
        for (Stage stage : file.stages()) {
            if (stage.isNamed(value)) {
                return ofStage(stage);
            }
        }
        throw new InvalidArgument("invalid SOURCE_DATE_EPOCH: " + value);
    }

    private @Nullable Instant ofStage(Stage stage) {
        Lexer lexer = new Lexer(file.escape());
        if (!lexer.expand(stage.from().base(), arguments::globalValue).equals("scratch")) {
            throw wrong(stage, "must use FROM scratch");
        }
        BuildArguments own = arguments.forStage(null);
        List<Instruction.Add> sources = new ArrayList<>();
        for (Instruction instruction : stage.instructions()) {
            switch (instruction) {
                case Instruction.Arg arg -> declare(arg, own, lexer);
                case Instruction.Add add -> sources.add(add);
                default -> {
                    String word = instruction.source().text().split("\\s", 2)[0];
                    throw wrong(
                            stage,
                            "does not meet source-only requirements: unsupported "
                                    + word
                                    + " instruction");
                }
            }
        }
        if (sources.size() != 1) {
            throw wrong(stage, "must contain exactly one remote ADD");
        }
        return ofSource(stage, sources.getFirst(), own, lexer);
    }

    private static void declare(Instruction.Arg arg, BuildArguments own, Lexer lexer) {
        for (Instruction.Arg.Definition one : arg.definitions()) {
            String value = one.value();
            own.declare(one.name(), value == null ? null : lexer.expand(value, own::declaredValue));
        }
    }

    private @Nullable Instant ofSource(
            Stage stage, Instruction.Add add, BuildArguments own, Lexer lexer) {
        if (add.sources().paths().size() != 1 || !add.sources().inline().isEmpty()) {
            throw wrong(stage, "must contain exactly one remote ADD source");
        }
        String path = lexer.expand(add.sources().paths().getFirst(), own::declaredValue);
        String sum = add.checksum();
        return fetched(
                stage, add, path, sum == null ? null : lexer.expand(sum, own::declaredValue));
    }

    private static InvalidArgument wrong(Stage stage, String why) {
        return new InvalidArgument(stage.from().source().subject(), NAME + " stage " + why);
    }

    private @Nullable Instant fetched(
            Stage stage, Instruction.Add add, String path, @Nullable String checksum) {
        try (Downloads downloads = new Downloads(services, cancellation, watcher, true)) {
            Optional<GitSource> git = GitSource.ofSource(path);
            if (git.isPresent()) {
                return new GitFetch(client, services.hosts(), cancellation)
                        .fetch(
                                git.get().with(checksum, add.keepGitDir()),
                                downloads.newFolder(),
                                false)
                        .time();
            }
            if (!Download.isUrl(path)) {
                throw wrong(stage, "source must be a single HTTP(S) or Git ADD");
            }
            return ofFile(downloads, downloads.get(path, checksum, "/"));
        }
    }

    private static @Nullable Instant ofFile(Downloads downloads, Download download) {
        try (Fd file = FileSystem.openInRoot(download.folder(), "/" + download.name(), FILE, 0)) {
            Instant modified = FileSystem.fstat(file).modified();
            if (!modified.equals(Instant.EPOCH)) {
                return modified;
            }
            if (!Archives.isArchive(file)) {
                return null;
            }
            Path aside = downloads.newFolder();
            try (Fd folder =
                    FileSystem.open(
                            aside.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
                Archives.unpack(file, folder, "/");
            }
            return Moments.newest(aside);
        }
    }
}
