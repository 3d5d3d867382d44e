package dev.carafe.engine.container;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Undo;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.spec.SpecInput;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The namespaces of other containers that one joins at its start (`container:NAME`).
final class JoinedNamespaces {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private final Containers containers;

    JoinedNamespaces(Containers containers) {
        this.containers = containers;
    }

    /// @param undo closes what must stay open until the container has been created
    /// @throws Internal there is no such container, it does not run, or its IPC is private
    SpecInput.Sharing of(NamespaceModes modes, NetworkSetup.Prepared network, Undo undo) {
        String pid = ContainerRecord.sharedWith(modes.pid());
        String ipc = ContainerRecord.sharedWith(modes.ipc());
        Container donor = ipc == null ? null : ipcDonor(ipc);
        String ipcPath = donor == null ? null : path(donor, "ipc");
        String pidPath = pid == null ? null : path(donor("PID", pid), "pid");
        return new SpecInput.Sharing(
                network.path(),
                pidPath,
                ipcPath,
                donor == null ? null : sharedMemory(donor, undo),
                network.isPrivate(),
                userPath(network.path(), ipcPath, pidPath));
    }

    /// @throws InvalidArgument it would have to live in the host's user namespace, which it is kept
    ///   from
    static void checkUserNamespace(SpecInput.Sharing sharing) {
        String path = sharing.userPath();
        if (path != null && target(path).equals(target("/proc/self/ns/user"))) {
            throw new InvalidArgument(
                    "cannot share a namespace of a container in the host's user namespace when user"
                            + " namespaces are enabled: run this one with --userns=host, too");
        }
    }

    private static String target(String link) {
        return FileSystem.readlinkat(Fd.CWD, link);
    }

    /// Other namespaces can be shared only together with the user namespace that they belong to:
    /// with more than one, as Docker has it, the last one's.
    private static @Nullable String userPath(@Nullable String... shared) {
        String last = null;
        for (String path : shared) {
            last = path == null ? last : path;
        }
        return last == null ? null : Path.of(last).resolveSibling("user").toString();
    }

    private Container donor(String what, String ref) {
        try {
            Container other = containers.get(ref);
            other.running();
            other.notRestarting();
            return other;
        } catch (NotFound | Conflict e) {
            throw new Internal(
                    e.subject(), "failed to join " + what + " namespace: " + e.text(), e);
        }
    }

    private Container ipcDonor(String ref) {
        Container other = donor("IPC", ref);
        String mode = other.record().host().namespaces().ipc();
        if (!mode.equals("shareable") && ContainerRecord.sharedWith(mode) == null) {
            throw new Internal(
                    other.subject(),
                    "failed to join IPC namespace: container "
                            + ref
                            + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
        }
        return other;
    }

    private static String path(Container container, String kind) {
        return "/proc/" + container.running().initPid() + "/ns/" + kind;
    }

    /// The other's /dev/shm as a detached mount. The path is the other's to make what it likes of:
    /// it is looked up in its own mount namespace, so it leads nowhere else.
    private static @Nullable String sharedMemory(Container donor, Undo undo) {
        int flags = Mounts.OPEN_TREE_CLONE | AT_SYMLINK_NOFOLLOW;
        try (Fd namespace = Namespaces.of(donor.running().initPid(), "mnt")) {
            Fd shm =
                    Namespaces.inMountNamespace(
                            namespace, () -> Mounts.openTree(Fd.CWD, "/dev/shm", flags));
            undo.push(shm::close);
            return shm.procPath().toString();
        }
    }
}
