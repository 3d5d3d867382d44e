package dev.carafe.network;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Sysctls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The host's kernel parameters that bridges need.
final class BridgeSysctls {
    private static final System.Logger LOG = System.getLogger(BridgeSysctls.class.getName());
    private static final Path CONF6 = Path.of("/proc/sys/net/ipv6/conf");
    private static final String FORWARD6 = "net.ipv6.conf.all.forwarding";

    private BridgeSysctls() {}

    /// A new bridge, before it is up: nobody on it may tell the host of routers (CVE-2020-13401),
    /// and without IPv6 it has none at all.
    static void prepare(String bridge, boolean six) {
        String conf = "net/ipv6/conf/" + bridge + "/";
        if (Sysctls.get(conf + "disable_ipv6").isPresent()) {
            set(conf + "accept_ra", "0");
            set(conf + "disable_ipv6", six ? "0" : "1");
        }
    }

    /// The host forwards packets between its devices.
    static void forward4() {
        set("net.ipv4.ip_forward", "1");
    }

    /// The same for IPv6. A host that forwards no longer listens to routers, unless told to with
    /// the value 2: those devices that did listen go on.
    static void forward6() {
        if (Sysctls.get(FORWARD6).orElse("1").equals("1")) {
            return;
        }
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(CONF6)) {
            for (Path device : devices) {
                String accept = "net/ipv6/conf/" + device.getFileName() + "/accept_ra";
                if (Sysctls.get(accept).orElse("").equals("1")) {
                    set(accept, "2");
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot list " + CONF6, e);
        }
        set(FORWARD6, "1");
    }

    /// Packets from 127.0.0.1 may go out through the bridge, for ports reached by the host itself;
    /// the rules keep everybody else from using that.
    static void allowLocalhost(String bridge) {
        set("net/ipv4/conf/" + bridge + "/route_localnet", "1");
    }

    /// The host answers on a bridge for its containers, which can't ask each other: what they send
    /// each other goes through the host, and its rules.
    static void answerForOthers(String bridge) {
        set("net/ipv4/conf/" + bridge + "/proxy_arp_pvlan", "1");
    }

    private static void set(String name, String value) {
        try {
            if (!Sysctls.get(name).orElse("").equals(value)) {
                Sysctls.set(name, value);
            }
        } catch (ErrnoException e) {
            // a read-only /proc/sys: the administrator's choice, and much works without
            LOG.log(Level.WARNING, "cannot set " + name + " to " + value + ": " + e.getMessage());
        }
    }
}
