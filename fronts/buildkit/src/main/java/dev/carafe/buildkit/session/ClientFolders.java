package dev.carafe.buildkit.session;

import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.context.ContextWriter;
import java.util.List;

/// Folders of a session's client, brought here.
public final class ClientFolders {
    private final Session session;
    private final ContextSpool spool;

    public ClientFolders(Session session, ContextSpool spool) {
        this.session = session;
        this.spool = spool;
    }

    /// A folder here, and how many bytes came for it.
    public record Synced(BuildContext files, long bytes) {}

    /// @param name the client's for the folder
    /// @param follow only these paths, with what they lead to; empty for all
    /// @param exclude patterns as in `.dockerignore`
    /// @return the caller closes the files
    public Synced bring(String name, List<String> follow, List<String> exclude) {
        BuildContext files = spool.empty();
        try {
            long bytes = FolderPull.pull(session, name, follow, exclude, new ContextWriter(files));
            return new Synced(files, bytes);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }
}
