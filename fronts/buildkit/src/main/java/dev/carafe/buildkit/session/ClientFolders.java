package dev.carafe.buildkit.session;

import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.context.ContextWriter;
import java.util.List;
import java.util.function.Function;

/// Folders of clients, brought here.
public final class ClientFolders {
    private final Function<String, Session> sessions;
    private final ContextSpool spool;

    /// @param sessions of the clients that have the folders, by the folders' names
    public ClientFolders(Function<String, Session> sessions, ContextSpool spool) {
        this.sessions = sessions;
        this.spool = spool;
    }

    /// A folder here, and how many bytes came for it.
    public record Synced(BuildContext files, long bytes) {}

    /// @param name the client's for the folder
    /// @param follow only these paths, with what they lead to; empty for all
    /// @param exclude patterns as in `.dockerignore`
    /// @return the caller closes the files
    public Synced bring(String name, List<String> follow, List<String> exclude) {
        return bring(spool.empty(), name, follow, exclude);
    }

    /// The same for a whole folder, of which only that comes which the client's last build of it
    /// did not leave here.
    public Synced update(String name, List<String> exclude) {
        String key = sessions.apply(name).sharedKey();
        BuildContext files = key.isEmpty() ? spool.empty() : spool.kept(key + "/" + name);
        return bring(files, name, List.of(), exclude);
    }

    private Synced bring(
            BuildContext files, String name, List<String> follow, List<String> exclude) {
        try {
            Session session = sessions.apply(name);
            long bytes = FolderPull.pull(session, name, follow, exclude, new ContextWriter(files));
            return new Synced(files, bytes);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }
}
