package dev.carafe.buildkit.control;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Unavailable;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.buildkit.session.Session;
import dev.carafe.buildkit.session.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/// Contexts that are no folder of the client's, by their addresses.
final class RemoteContexts {
    private static final Pattern GIT =
            Pattern.compile("(?i)(git@|git:|ssh:|github\\.com/).*|https?://[^?#]*\\.git([?#].*)?");

    private final Session session;
    private final ContextSpool spool;

    RemoteContexts(Session session, ContextSpool spool) {
        this.session = session;
        this.spool = spool;
    }

    /// @param dockerfile the name that a text gets which is no archive
    /// @return the caller closes it
    BuildContext get(String address, String dockerfile) {
        if (Upload.isOne(address)) {
            try (InputStream upload = Upload.open(session, address)) {
                return spool.unpack(upload);
            } catch (IOException e) {
                throw new Unavailable("the context did not come: " + e.getMessage());
            }
        }
        if (GIT.matcher(address).matches()) {
            throw new NotImplemented(
                    "git repositories are not supported as build context yet: clone it, and build"
                            + " the folder");
        }
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw new InvalidArgument("unsupported build context: " + address);
        }
        return spool.fetch(address, dockerfile);
    }
}
