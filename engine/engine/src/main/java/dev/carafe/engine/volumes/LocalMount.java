package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/// Mounts what a volume's options name, detached.
final class LocalMount {
    private LocalMount() {}

    /// The caller closes it; a file system goes away with its last mount.
    ///
    /// @param place an existing directory to mount on for a moment, unseen by others
    /// @throws InvalidArgument with Docker's sentence when the kernel refuses
    static Fd of(Volume volume, LocalOptions options, String place) {
        LocalFlags flags = LocalFlags.of(options.options());
        try {
            return options.isBind()
                    ? bind(options, flags)
                    : fileSystem(volume, options, flags, place);
        } catch (ErrnoException e) {
            throw failed(volume, options, place, e.errorText());
        }
    }

    private static Fd bind(LocalOptions options, LocalFlags flags) {
        int depth = flags.recursive() ? Mounts.AT_RECURSIVE : 0;
        Fd tree = Mounts.openTree(Fd.CWD, options.device(), Mounts.OPEN_TREE_CLONE | depth);
        try {
            if (flags.attributes() != 0) {
                Mounts.mountSetattr(
                        tree, "", Mounts.AT_EMPTY_PATH | depth, flags.attributes(), 0, 0, null);
            }
            return tree;
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    /// By mount(2), whose file systems read all options at once: nfs fills in what is missing (the
    /// version of its protocol) only then. A server may be long in answering; the thread is the
    /// namespace's own.
    private static Fd fileSystem(
            Volume volume, LocalOptions options, LocalFlags flags, String place) {
        String data = resolved(volume, options, flags.data());
        return Namespaces.inNewMountNamespace(() -> {
            Mounts.mount(options.device(), place, options.type(), flags.bits(), data);
            return Mounts.openTree(Fd.CWD, place, Mounts.OPEN_TREE_CLONE);
        });
    }

    /// Of network file systems, whose kernel part knows no names of hosts: with the number in place
    /// of the name.
    private static String resolved(Volume volume, LocalOptions options, String data) {
        boolean remote = options.type().startsWith("nfs") || options.type().equals("cifs");
        if (!remote) {
            return data;
        }
        StringBuilder all = new StringBuilder();
        for (String option : data.split(",")) {
            boolean address = option.startsWith("addr=");
            all.append(all.isEmpty() ? "" : ",")
                    .append(address ? "addr=" + address(volume, option.substring(5)) : option);
        }
        return all.toString();
    }

    private static String address(Volume volume, String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new InvalidArgument(
                    new Subject("volume", volume.name()),
                    "error resolving passed in network volume address: lookup "
                            + host
                            + ": no such host",
                    e);
        }
    }

    static InvalidArgument failed(Volume volume, LocalOptions options, String data, String why) {
        return new InvalidArgument(
                new Subject("volume", volume.name()),
                "error while mounting volume '%s': failed to mount local volume: mount %s:%s%s: %s"
                        .formatted(
                                data,
                                options.device(),
                                data,
                                options.options().isEmpty()
                                        ? ""
                                        : ", data: " + String.join(",", options.options()),
                                why.toLowerCase(Locale.ROOT)));
    }
}
