/// Git repositories as sources of builds: their addresses, and how they are fetched by the host's
/// `git`.
///
/// Start with {@link dev.carafe.build.git.GitSource} and {@link dev.carafe.build.git.GitFetch}.
/// Everything that comes out of a repository is hostile: no hook, filter, credential helper or
/// configuration of the host or of the repository is used.
@NullMarked
package dev.carafe.build.git;

import org.jspecify.annotations.NullMarked;
