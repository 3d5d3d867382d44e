package dev.carafe.daemon.options;

import dev.carafe.base.NotImplemented;
import java.nio.file.Files;
import java.nio.file.Path;

/// The options that an administrator relies on to keep things apart and that are not here yet. Who
/// gives one is told so by a daemon that does not start: to go on without it would leave open what
/// was meant to be shut.
final class Protections {
    private Protections() {}

    /// @param selinux where the kernel shows SELinux
    /// @throws NotImplemented one of them was given
    static void check(Settings settings, Path selinux) {
        refuse(
                settings.isGiven("authorization-plugins"),
                "authorization-plugins",
                "everybody who reaches the API could do everything");
        refuse(
                settings.isGiven("rootless"),
                "rootless",
                "the daemon and its containers would run as root");
        refuse(
                settings.flag("selinux-enabled", false) && Files.exists(selinux),
                "selinux-enabled",
                "containers would run without labels");
    }

    private static void refuse(boolean given, String option, String consequence) {
        if (given) {
            throw new NotImplemented(
                    "unable to configure the daemon: "
                            + option
                            + " is not supported yet. Without it "
                            + consequence
                            + "; take it out of the configuration to accept that");
        }
    }
}
