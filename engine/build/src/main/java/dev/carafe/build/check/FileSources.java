package dev.carafe.build.check;

import dev.carafe.build.dockerfile.CopySources;
import dev.carafe.build.dockerfile.Heredoc;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The texts of COPY and ADD that variables are put into.
final class FileSources {
    private FileSources() {}

    /// Puts values into texts, and into the contents of here-documents.
    @FunctionalInterface
    interface Expander {
        /// @return the texts; those that can't be expanded are left out
        List<String> expand(Source source, List<String> texts, List<String> inline);
    }

    /// The paths that are taken, with values in place.
    static List<String> expanded(Instruction.Copy copy, Expander expander) {
        return expanded(
                copy.source(),
                copy.sources(),
                expander,
                others(copy.excludes(), copy.chown(), copy.chmod()));
    }

    static List<String> expanded(Instruction.Add add, Expander expander) {
        return expanded(
                add.source(),
                add.sources(),
                expander,
                others(add.excludes(), add.chown(), add.chmod(), add.checksum()));
    }

    private static List<String> others(List<String> excludes, @Nullable String... flags) {
        return Stream.concat(excludes.stream(), Stream.of(flags).filter(Objects::nonNull)).toList();
    }

    private static List<String> expanded(
            Source source, CopySources sources, Expander expander, List<String> others) {
        List<String> rest = new ArrayList<>(others);
        rest.add(sources.destination());
        List<String> inline =
                sources.inline().stream().filter(Heredoc::expand).map(Heredoc::text).toList();
        expander.expand(source, rest, inline);
        return expander.expand(source, sources.paths(), List.of());
    }
}
