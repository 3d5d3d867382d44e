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
import dev.carafe.images.Image;
import dev.carafe.images.ImageStore;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks Dockerfiles without building them (`docker build --check`). Base images are looked at
/// where they are here already; none is pulled. Thread-safe.
public final class CheckDockerfile {
    private final ImageStore images;

    CheckDockerfile(ImageStore images) {
        this.images = images;
    }

    /// The rules that a context is made by.
    public static IgnoreRules rules(BuildContext context, String dockerfile) {
        return context.text(dockerfile + ".dockerignore")
                .or(() -> context.text(".dockerignore"))
                .map(IgnoreRules::parse)
                .orElse(IgnoreRules.NONE);
    }

    /// What was found, by line.
    ///
    /// @param platform that is built for; null for this machine's
    /// @throws InvalidArgument for what is no Dockerfile
    public List<Finding> check(BuildFiles files, IgnoreRules ignore, @Nullable Platform platform) {
        return check(DockerfileParser.parse(files.dockerfile()), files, ignore, platform);
    }

    List<Finding> check(
            Dockerfile file, BuildFiles files, IgnoreRules ignore, @Nullable Platform platform) {
        return DockerfileChecks.of(
                new CheckSubject(
                        file,
                        DockerfileParser.comments(files.dockerfile()),
                        ignore,
                        platform == null ? Platform.host() : platform,
                        this::known));
    }

    /// A name with variables in it, or none at all, is no image's.
    private Optional<ImageConfig> known(String name) {
        try {
            return images.find(name).map(Image::config);
        } catch (CarafeException e) {
            return Optional.empty();
        }
    }

    /// @throws InvalidArgument when the file wants its findings to be errors, and there are some
    static void refuse(Dockerfile file, List<Finding> findings) {
        if (DockerfileChecks.errors(file) && !findings.isEmpty()) {
            throw new InvalidArgument(
                    "lint violation found for rules: "
                            + findings.stream()
                                    .map(finding -> finding.rule().title())
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
    }
}
