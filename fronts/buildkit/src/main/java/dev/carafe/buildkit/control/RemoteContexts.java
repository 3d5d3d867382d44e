package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Unavailable;
import dev.carafe.build.BuildImage;
import dev.carafe.build.client.BuildClient;
import dev.carafe.build.context.BuildContext;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.SessionClient;
import dev.carafe.buildkit.session.Upload;
import java.io.IOException;
import java.io.InputStream;

/// Contexts that are no folder of the client's, by their addresses.
final class RemoteContexts {
    private final Session session;
    private final BuildImage builds;
    private final BuildClient client;
    private final Job job;
    private final boolean keepGitDir;

    /// @param job that it is for: canceling it ends what is fetched
    /// @param keepGitDir whether `.git` is part of a repository's files
    RemoteContexts(Session session, BuildImage builds, Job job, boolean keepGitDir) {
        this.session = session;
        this.builds = builds;
        this.client = new SessionClient(session, builds);
        this.job = job;
        this.keepGitDir = keepGitDir;
    }

    /// @param dockerfile the name that a text gets which is no archive
    /// @return the caller closes it
    BuildContext get(String address, String dockerfile) {
        if (address.equals(PostedBuilds.BODY)) {
            return job.takeBody()
                    .orElseThrow(() -> new InvalidArgument("no context came with the request"));
        }
        if (Upload.isOne(address)) {
            try (InputStream upload = Upload.open(session, address)) {
                return builds.contexts().unpack(upload);
            } catch (IOException e) {
                throw new Unavailable("the context did not come: " + e.getMessage());
            }
        }
        return builds.fetch(address, dockerfile, job.ref(), client, keepGitDir, job.progress());
    }
}
