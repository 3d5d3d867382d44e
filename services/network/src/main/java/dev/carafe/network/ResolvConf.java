package dev.carafe.network;

import java.util.List;

/// Content of a container's `/etc/resolv.conf`.
public final class ResolvConf {
    private ResolvConf() {}

    /// The host's file without servers that a container can't reach (loopback, and IPv6 where the container has none),
    /// with each non-empty list in place of the host's lines of its kind. Without any server left: 8.8.8.8 and 8.8.4.4.
    ///
    /// @param host the host's file
    /// @param search a single `.` means none at all
    public static String forContainer(
            String host, List<String> servers, List<String> search, List<String> options) {
        throw new UnsupportedOperationException();
    }

}
