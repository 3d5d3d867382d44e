package dev.carafe.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Which proxy stands between us and a server, by the rules that Go programs and curl share.
///
/// @param http for http addresses; empty for none
/// @param https for https addresses; empty for none
/// @param exceptions comma-separated hosts, domains (`.example.com`) and `*` reached directly
public record Proxies(String http, String https, String exceptions) {
    public static final Proxies NONE = new Proxies("", "", "");

    /// The proxy's address for the server; empty for none.
    String forServer(URI server) {
        String host = String.valueOf(server.getHost()).toLowerCase(Locale.ROOT);
        String proxy = "https".equals(server.getScheme()) ? https : http;
        return proxy.isEmpty() || local(host) || excepted(host, server.getPort()) ? "" : proxy;
    }

    private static boolean local(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private boolean excepted(String host, int port) {
        for (String word : exceptions.toLowerCase(Locale.ROOT).split(",")) {
            String rule = word.strip();
            String bare = rule.startsWith(".") ? rule.substring(1) : rule;
            if (rule.equals("*")
                    || !bare.isEmpty()
                            && (host.equals(bare)
                                    || host.endsWith("." + bare)
                                    || (host + ":" + port).equals(bare))) {
                return true;
            }
        }
        return false;
    }

    /// The same for clients of the JDK.
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI server) {
                String proxy = forServer(server);
                if (proxy.isEmpty()) {
                    return List.of(Proxy.NO_PROXY);
                }
                URI at = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
                int port = at.getPort() < 0 ? 80 : at.getPort();
                return List.of(
                        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.getHost(), port)));
            }

            @Override
            public void connectFailed(URI server, SocketAddress proxy, IOException e) {}
        };
    }
}
