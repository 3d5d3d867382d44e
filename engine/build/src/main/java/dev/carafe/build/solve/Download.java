package dev.carafe.build.solve;

import dev.carafe.build.files.Archives;
import dev.carafe.build.files.CopyJob;
import dev.carafe.build.files.Paths;
import dev.carafe.build.files.Source;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import java.util.regex.Pattern;

/// A file that ADD has fetched.
///
/// @param folder where it lies, under its own name
record Download(Fd folder, String name, Digest digest) {
    private static final Pattern URL = Pattern.compile("(?i)https?://.*");
    private static final Pattern GIT =
            Pattern.compile("(?i)(git@.*|(git|ssh)://.*|https?://.*\\.git(#.*)?)");

    static boolean isUrl(String source) {
        return URL.matcher(source).matches();
    }

    static boolean isGit(String source) {
        return GIT.matcher(source).matches();
    }

    /// Copies it to where the job wants it.
    ///
    /// @param unpack when it is an archive
    void place(CopyJob job, boolean unpack) {
        if (unpack) {
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
                .copy(new Source(Paths.clean(name), false), name);
    }
}
