package dev.carafe.build.git;

import java.nio.file.Path;

/// The keys of ssh hosts that repositories were fetched from. A host's first key is believed and
/// kept, another one later is refused; keys in the machine's /etc/ssh/ssh_known_hosts hold from the
/// beginning. ssh_config(5), StrictHostKeyChecking.
///
/// @param file that ssh keeps them in; need not be there yet
public record KnownHosts(Path file) {
    private static final String REFUSED = "Host key verification failed";

    /// The command by which git reaches a host; nothing of the user's own configuration.
    String ssh() {
        String path = file.toString().replace("'", "'\\''");
        return "ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=accept-new"
                + " -o ConnectTimeout=30 -o LogLevel=ERROR -o 'UserKnownHostsFile=\""
                + path
                + "\"'";
    }

    /// What to tell of a failure.
    ///
    /// @param output of git and ssh
    /// @param otherwise what to tell when it is no host's key that is wrong
    String explained(String output, String otherwise) {
        return output.contains(REFUSED)
                ? "the host's ssh key is another than the one known before: when that is right,"
                        + " remove its line from "
                        + file
                : otherwise;
    }
}
