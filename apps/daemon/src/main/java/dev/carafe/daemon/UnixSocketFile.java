package dev.carafe.daemon;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file of a unix socket: that its place is free before, and whose it is after.
final class UnixSocketFile {
    private static final Logger LOG = System.getLogger(UnixSocketFile.class.getName());
    private static final int LONGEST_PATH = 107;

    private final Path path;

    UnixSocketFile(Path path) {
        this.path = path;
    }

    /// Makes the folder, and removes a socket that nobody listens on any more.
    ///
    /// @throws Conflict somebody does, or something else is there
    void prepare() {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new InvalidArgument(
                    "the path of a unix socket can have "
                            + LONGEST_PATH
                            + " bytes at most: "
                            + path);
        }
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther()) {
                throw conflict(
                        "can't listen on " + path + ": there is something that is no socket");
            }
            if (isServed()) {
                throw conflict("can't listen on " + path + ": another daemon listens there");
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't prepare " + path + ": " + e, e);
        }
    }

    private Conflict conflict(String message) {
        return new Conflict(new Subject("socket", path.toString()), message);
    }

    private boolean isServed() {
        try (SocketChannel ignored = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Mode 0660, and the group that may use it.
    ///
    /// @param group null: docker or carafe if one exists
    /// @throws InvalidArgument the group does not exist
    void hand(@Nullable String group) {
        try {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(path, PosixFileAttributeView.class);
            group(group).ifPresent(g -> own(view, g));
            view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't set the owner of " + path + ": " + e, e);
        }
    }

    private void own(PosixFileAttributeView view, GroupPrincipal group) {
        try {
            view.setGroup(group);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "can't give "
                            + path
                            + " to the group "
                            + group.getName()
                            + ": "
                            + e.getMessage());
        }
    }

    private Optional<GroupPrincipal> group(@Nullable String wanted) throws IOException {
        for (String name :
                wanted == null || wanted.isEmpty()
                        ? List.of("docker", "carafe")
                        : List.of(wanted)) {
            try {
                return Optional.of(
                        path.getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByGroupName(name));
            } catch (UserPrincipalNotFoundException e) {
                if (wanted != null && !wanted.isEmpty()) {
                    throw new InvalidArgument(
                            Subject.NONE, "there is no group \"" + name + "\"", e);
                }
            }
        }
        return Optional.empty();
    }
}
