package dev.carafe.build.dockerfile;

import dev.carafe.oci.RunConfig.Healthcheck;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One instruction of a Dockerfile, as it was written (Dockerfile reference, one heading each).
/// Absent flags are null or empty.
public sealed interface Instruction {
    /// The names of all instructions, upper case.
    Set<String> NAMES =
            new TreeSet<>(
                    List.of(
                            "ADD",
                            "ARG",
                            "CMD",
                            "COPY",
                            "ENTRYPOINT",
                            "ENV",
                            "EXPOSE",
                            "FROM",
                            "HEALTHCHECK",
                            "LABEL",
                            "MAINTAINER",
                            "ONBUILD",
                            "RUN",
                            "SHELL",
                            "STOPSIGNAL",
                            "USER",
                            "VOLUME",
                            "WORKDIR"));

    Source source();

    /// Changes the image's configuration and nothing else.
    sealed interface OfConfig extends Instruction {}

    /// Begins a stage.
    ///
    /// @param base image, `scratch`, or an earlier stage
    /// @param name lower case, null for a stage without a name
    record From(Source source, String base, @Nullable String name, @Nullable String platform)
            implements Instruction {}

    record Arg(Source source, List<Definition> definitions) implements Instruction {
        public Arg {
            definitions = List.copyOf(definitions);
        }

        /// @param value the default; null for none
        /// @param description from the comment above, empty for none
        public record Definition(String name, @Nullable String value, String description) {}
    }

    /// @param mounts the values of `--mount`, to be read by {@link RunMount} once variables are
    ///   known
    /// @param network `default`, `none`, `host`
    /// @param security `sandbox`, `insecure`
    record Run(
            Source source,
            CommandLine command,
            List<String> mounts,
            @Nullable String network,
            @Nullable String security,
            List<String> devices)
            implements Instruction {
        public Run {
            mounts = List.copyOf(mounts);
            devices = List.copyOf(devices);
        }
    }

    record Cmd(Source source, CommandLine command) implements OfConfig {}

    record Entrypoint(Source source, CommandLine command) implements OfConfig {}

    /// @param from stage, image or named context; null for the build context
    record Copy(
            Source source,
            CopySources sources,
            @Nullable String from,
            @Nullable String chown,
            @Nullable String chmod,
            boolean link,
            boolean parents,
            List<String> excludes)
            implements Instruction {
        public Copy {
            excludes = List.copyOf(excludes);
        }
    }

    /// @param unpack null when not given: local archives are unpacked, remote ones not
    record Add(
            Source source,
            CopySources sources,
            @Nullable String chown,
            @Nullable String chmod,
            boolean link,
            @Nullable String checksum,
            @Nullable Boolean keepGitDir,
            @Nullable Boolean unpack,
            List<String> excludes)
            implements Instruction {
        public Add {
            excludes = List.copyOf(excludes);
        }
    }

    record Env(Source source, List<KeyValue> pairs) implements OfConfig {
        public Env {
            pairs = List.copyOf(pairs);
        }
    }

    /// @param literal the pairs come from outside of the Dockerfile: nothing is expanded
    record Label(Source source, List<KeyValue> pairs, boolean literal) implements OfConfig {
        public Label {
            pairs = List.copyOf(pairs);
        }
    }

    record Workdir(Source source, String path) implements Instruction {}

    record User(Source source, String user) implements OfConfig {}

    /// @param ports sorted, as docker keeps them: `80`, `8000-8010/udp`, `$PORT`
    record Expose(Source source, List<String> ports) implements OfConfig {
        public Expose {
            ports = List.copyOf(ports);
        }
    }

    record Volume(Source source, List<String> paths) implements OfConfig {
        public Volume {
            paths = List.copyOf(paths);
        }
    }

    record HealthCheck(Source source, Healthcheck check) implements OfConfig {}

    record StopSignal(Source source, String signal) implements OfConfig {}

    record Shell(Source source, List<String> shell) implements OfConfig {
        public Shell {
            shell = List.copyOf(shell);
        }
    }

    /// @param trigger the instruction for the image's children, with its here-documents
    record OnBuild(Source source, String trigger) implements OfConfig {}

    record Maintainer(Source source, String name) implements Instruction {}
}
