package dev.carafe.build.solve;

import dev.carafe.build.files.Archives;
import dev.carafe.build.files.CopyJob;
import dev.carafe.build.files.Paths;
import dev.carafe.build.files.Source;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.util.regex.Pattern;

/// A file or a tree that ADD has fetched.
///
/// @param folder where the file lies, under its own name; or the tree
/// @param name empty for a tree
/// @param sum for the history, `file:` or `git:` and hexadecimal digits
record Download(Fd folder, String name, String sum) {
    private static final Pattern URL = Pattern.compile("(?i)https?://.*");

    static boolean isUrl(String source) {
        return URL.matcher(source).matches();
    }

    /// Copies it to where the job wants it.
    ///
    /// @param unpack when it is an archive
    void place(CopyJob job, boolean unpack) {
        if (unpack && !name.isEmpty()) {
            try (Fd file = FileSystem.openInRoot(folder, "/" + name, FileSystem.O_RDONLY, 0)) {
                if (Archives.isArchive(file)) {
                    job.to().directory(job.destination()).close();
                    Archives.unpack(file, job.to().root(), job.destination());
                    return;
                }
            }
        }
        new CopyJob(
                        folder,
                        job.to(),
                        job.destination(),
                        job.severalSources(),
                        job.excludes(),
                        job.chown(),
                        job.chmod(),
                        false)
                .copy(new Source(Paths.clean(name), name.isEmpty()), name);
    }
}
