package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.files.Paths;
import dev.carafe.build.words.Lexer;
import java.util.List;

/// COPY and ADD of what `.dockerignore` takes out of the context. Where it takes something in again
/// nothing is told: what a folder holds then is not known.
final class IgnoredSources {
    /// What no pattern means in particular.
    private static final String ANY_NAME = "any name";

    private IgnoredSources() {}

    /// @param paths with values in place
    static void add(
            CheckSubject subject,
            String verb,
            Source source,
            List<String> paths,
            Findings findings) {
        if (subject.ignore().mayTakeInBelow("")) {
            return;
        }
        for (String path : paths) {
            String clean = Paths.clean(path);
            String asked = clean.isEmpty() ? ANY_NAME : clean;
            if (!path.contains("://") && subject.ignore().ignores(asked)) {
                String shown = clean.isEmpty() ? path.startsWith("/") ? "/" : "." : clean;
                findings.add(
                        Rule.COPY_IGNORED_FILE,
                        source,
                        "Attempting to "
                                + verb
                                + " file "
                                + Lexer.quoted(shown)
                                + " that is excluded by .dockerignore");
            }
        }
    }
}
