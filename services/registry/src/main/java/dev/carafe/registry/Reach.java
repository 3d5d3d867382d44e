package dev.carafe.registry;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Which addresses a registry's name stands for, and whether its encryption must be right.
final class Reach {
    static final String HUB = "docker.io";
    private static final String HUB_SERVER = "registry-1.docker.io";

    private final RegistryOptions options;

    Reach(RegistryOptions options) {
        this.options = options;
    }

    /// A server to try.
    ///
    /// @param checked whether its certificate must be valid
    /// @param prefix put before the names of repositories
    record Candidate(URI base, boolean checked, boolean mirror, String prefix) {
        String authority() {
            return base.getRawAuthority();
        }
    }

    /// What to try for the registry, in order; a mirror's second address comes right after its
    /// first.
    List<Candidate> candidates(String domain) {
        List<Candidate> all = new ArrayList<>();
        for (String text : options.mirrors()) {
            Mirror mirror = Mirror.parse(text);
            String authority = mirror.base().getRawAuthority();
            if (mirror.fits(domain) && !authority.equals(domain)) {
                all.add(new Candidate(mirror.base(), !insecure(authority), true, mirror.prefix()));
            }
        }
        all.addAll(servers(domain));
        return all;
    }

    /// The registry itself. Here, http is tried first on this machine itself, since nobody can
    /// listen; elsewhere only after https failed.
    List<Candidate> servers(String domain) {
        String authority = domain.equals(HUB) ? HUB_SERVER : domain;
        Candidate https =
                new Candidate(URI.create("https://" + authority), !insecure(authority), false, "");
        if (https.checked) {
            return List.of(https);
        }
        Candidate http = new Candidate(URI.create("http://" + authority), false, false, "");
        return isLocal(host(authority)) ? List.of(http, https) : List.of(https, http);
    }

    private boolean insecure(String authority) {
        String host = host(authority);
        if (isLocal(host)
                || options.insecure().contains(authority)
                || options.insecure().contains(host)) {
            return true;
        }
        List<String> ranges =
                options.insecure().stream().filter(entry -> entry.indexOf('/') > 0).toList();
        return !ranges.isEmpty() && inAny(host, ranges);
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.startsWith("127.") && isNumbers(host);
    }

    private static boolean isNumbers(String host) {
        return host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    private static boolean inAny(String host, List<String> ranges) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (ranges.stream().anyMatch(range -> contains(range, address))) {
                    return true;
                }
            }
        } catch (UnknownHostException e) {
            // asking it will tell
        }
        return false;
    }

    /// Whether a CIDR range has the address; false for what is no range.
    static boolean contains(String range, InetAddress address) {
        int slash = range.indexOf('/');
        try {
            byte[] net = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
            byte[] at = address.getAddress();
            int bits = Integer.parseInt(range.substring(slash + 1));
            if (net.length != at.length || bits < 0 || bits > at.length * 8) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if ((net[i / 8] & mask) != (at[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }
}
