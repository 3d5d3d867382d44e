package dev.carafe.build;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.check.CheckSubject;
import dev.carafe.build.check.DockerfileChecks;
import dev.carafe.build.check.Finding;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.solve.Outset;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Checks Dockerfiles without building them (`docker build --check`). Base images are looked at
/// where they are here already; none is pulled. Thread-safe.
public final class CheckDockerfile {
    private final ImageStore images;

    CheckDockerfile(ImageStore images) {
        this.images = images;
    }

    /// What was found.
    ///
    /// @param findings by line
    /// @param error that no build would come by; null for none
    public record Checked(List<Finding> findings, @Nullable CarafeException error) {}

    /// The rules that a context is made by.
    static IgnoreRules rules(BuildContext context, String dockerfile) {
        return context.text(dockerfile + ".dockerignore")
                .or(() -> context.text(".dockerignore"))
                .map(IgnoreRules::parse)
                .orElse(IgnoreRules.NONE);
    }

    /// Checks the target and what it needs; every stage where no target is asked for.
    public Checked check(BuildFiles files, SolveOptions options) {
        try {
            return check(
                    DockerfileParser.read(files.dockerfile()), files, options, true, name -> false);
        } catch (InvalidArgument e) {
            return new Checked(List.of(), e);
        }
    }

    /// @param all whether every stage is looked at where no target is asked for
    /// @param replaced whether the client puts something in the place of a base's name
    Checked check(
            DockerfileParser.Reading reading,
            BuildFiles files,
            SolveOptions options,
            boolean all,
            Predicate<String> replaced) {
        Dockerfile file = reading.file();
        Outset outset =
                reading.error() == null
                        ? Outset.of(file, options, all, replaced)
                        : Outset.ofPart(options);
        Platform platform = options.platform();
        DockerfileChecks.Result result =
                DockerfileChecks.of(
                        new CheckSubject(
                                file,
                                DockerfileParser.comments(files.dockerfile()),
                                files.ignored(),
                                platform == null ? Platform.host() : platform,
                                outset.extent(),
                                outset.arguments(),
                                this::known));
        InvalidArgument wrong = reading.error() == null ? outset.error() : reading.error();
        return new Checked(result.findings(), wrong == null ? result.error() : wrong);
    }

    /// A name with variables in it, or none at all, is no image's.
    private Optional<ImageConfig> known(String name) {
        try {
            return images.find(name).map(Image::config);
        } catch (CarafeException e) {
            return Optional.empty();
        }
    }
}
