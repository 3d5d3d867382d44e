package dev.carafe.build.solve;

import dev.carafe.build.dockerfile.Heredoc;
import java.util.ArrayList;
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

    /// The instruction as BuildKit's histories have it.
    String text() {
        List<String> words = new ArrayList<>(List.of(name));
        if (parents) {
            words.add("--parents");
        }
        if (chown != null) {
            words.add("--chown=" + chown);
        }
        if (chmod != null) {
            words.add("--chmod=" + chmod);
        }
        words.addAll(paths);
        inline.forEach(heredoc -> words.add("<<" + heredoc.name()));
        words.add(written);
        return String.join(" ", words);
    }

    /// What the result depends on besides the history's text.
    ///
    /// @param sources what the paths led to
    String key(List<String> sources) {
        return String.join(
                "\0",
                String.valueOf(chmod),
                String.valueOf(parents),
                String.join(",", excludes),
                String.valueOf(unpack),
                String.join(",", sources),
                destination);
    }
}
