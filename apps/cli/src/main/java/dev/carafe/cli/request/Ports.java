package dev.carafe.cli.request;

import dev.carafe.cli.flags.Addresses;
import dev.carafe.cli.flags.Csv;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `--publish` and `--expose`: `[ip:][host[-range]:]container[-range][/protocol]`, or
/// `target=80,published=8080,protocol=tcp`.
final class Ports {
    private final JsonObject exposed = new JsonObject();
    private final JsonObject bindings = new JsonObject();

    /// Container ports as keys, `80/tcp`.
    JsonObject exposed() {
        return exposed;
    }

    /// Lists of HostIp and HostPort by container port.
    JsonObject bindings() {
        return bindings;
    }

    void publish(String text) {
        String plain = text.indexOf('=') >= 0 ? shortForm(text) : text;
        String protocol = "tcp";
        int slash = plain.lastIndexOf('/');
        String ports = slash < 0 ? plain : plain.substring(0, slash);
        if (slash >= 0 && slash < plain.length() - 1) {
            protocol = plain.substring(slash + 1).toLowerCase(Locale.ROOT);
        }
        int last = ports.lastIndexOf(':');
        String container = ports.substring(last + 1);
        String rest = last < 0 ? "" : ports.substring(0, last);
        int second = rest.lastIndexOf(':');
        boolean bracketed = rest.endsWith("]");
        String host =
                second < 0 || bracketed ? (bracketed ? "" : rest) : rest.substring(second + 1);
        String ip = bracketed ? rest : second < 0 ? "" : rest.substring(0, second);
        if (container.isEmpty()) {
            throw failure("no port specified: " + text + "<empty>");
        }
        add(address(ip), host, container, protocol);
    }

    private static String shortForm(String text) {
        String target = "";
        String published = "";
        String protocol = "tcp";
        for (String field : Csv.fields(text)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw failure("invalid field: " + field);
            }
            String value = field.substring(equals + 1);
            switch (field.substring(0, equals).toLowerCase(Locale.ROOT)) {
                case "target" -> target = value;
                case "published" -> published = value;
                case "protocol" -> protocol = value;
                case "mode" -> {
                    if (!value.equals("ingress") && !value.equals("host")) {
                        throw failure("invalid publish mode: " + value);
                    }
                }
                default -> throw failure("invalid field key: " + field.substring(0, equals));
            }
        }
        return (published.isEmpty() ? "" : published + ":") + target + "/" + protocol;
    }

    private static String address(String ip) {
        String bare =
                ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
        if (!bare.isEmpty() && !Addresses.isIp(bare)) {
            throw failure("invalid IP address: " + ip);
        }
        return bare;
    }

    private void add(String ip, String host, String container, String protocol) {
        int[] inside = range(container, "invalid containerPort: ");
        int[] outside = host.isEmpty() ? new int[] {0, 0} : range(host, "invalid hostPort: ");
        int count = inside[1] - inside[0];
        if (!protocol.equals("tcp") && !protocol.equals("udp") && !protocol.equals("sctp")) {
            throw failure("invalid proto: " + protocol);
        }
        if (!host.isEmpty() && outside[1] - outside[0] != count && count > 0) {
            throw failure(
                    "invalid ranges specified for container and host Ports: "
                            + container
                            + " and "
                            + host);
        }
        for (int i = 0; i <= count; i++) {
            String hostPort = host.isEmpty() ? "" : Integer.toString(outside[0] + i);
            if (count == 0 && outside[0] != outside[1]) {
                // one port, and the daemon picks a free one of the range
                hostPort = outside[0] + "-" + outside[1];
            }
            bind(inside[0] + i + "/" + protocol, ip, hostPort);
        }
    }

    private void bind(String port, String ip, String hostPort) {
        exposed.put(port, new JsonObject());
        List<@Nullable Object> list = new ArrayList<>(bindings.list(port));
        list.add(new JsonObject().with("HostIp", ip).with("HostPort", hostPort));
        bindings.put(port, list);
    }

    void expose(String text) {
        if (text.indexOf(':') >= 0) {
            throw failure("invalid port format for --expose: " + text);
        }
        int slash = text.indexOf('/');
        String ports = slash < 0 ? text : text.substring(0, slash);
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        int[] range = exposedRange(text, ports);
        for (int port = range[0]; port <= range[1]; port++) {
            exposed.putIfAbsent(port + "/" + protocol, new JsonObject());
        }
    }

    private static int[] exposedRange(String text, String ports) {
        try {
            return range(ports, "");
        } catch (Failure e) {
            throw failure(
                    "invalid range format for --expose: "
                            + text
                            + ", error: "
                            + (ports.indexOf('-') >= 0 && isNumber(ports.replace("-", ""))
                                    ? "invalid range specified for port: " + ports
                                    : "strconv.ParseUint: parsing \""
                                            + ports
                                            + "\": invalid syntax"));
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int[] range(String text, String sentence) {
        int dash = text.indexOf('-');
        try {
            int from = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
            int to = dash < 0 ? from : Integer.parseInt(text.substring(dash + 1));
            if (from >= 0 && to <= 65535 && from <= to) {
                return new int[] {from, to};
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw failure(sentence + text);
    }

    private static Failure failure(String message) {
        return new Failure(125, message);
    }
}
