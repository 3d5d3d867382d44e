package dev.carafe.build.solve;

import dev.carafe.build.dockerfile.Heredoc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// COPY or ADD with all variables in place.
///
/// @param name `COPY` or `ADD`
/// @param written the destination as the history shows it
/// @param destination absolute, a slash at its end kept
/// @param unpack null: local archives only, and only for ADD
/// @param keepGitDir null: as the address says
record CopyWork(
        String name,
        List<String> paths,
        List<Heredoc> inline,
        String written,
        String destination,
        @Nullable String from,
        @Nullable String chown,
        @Nullable String chmod,
        boolean parents,
        List<String> excludes,
        @Nullable String checksum,
        @Nullable Boolean unpack,
        @Nullable Boolean keepGitDir) {
    boolean add() {
        return name.equals("ADD");
    }

    /// What the result depends on besides the history's text.
    String key() {
        return String.join(
                "\0",
                String.valueOf(chmod),
                String.valueOf(parents),
                String.join(",", excludes),
                String.valueOf(unpack),
                String.join(",", paths),
                destination);
    }
}
