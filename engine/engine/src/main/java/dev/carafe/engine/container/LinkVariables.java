package dev.carafe.engine.container;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The environment variables by which a linked container tells its ports and its own variables, as
/// Docker's links have them: `DB_PORT_80_TCP_ADDR`, `DB_NAME`, `DB_ENV_X`.
final class LinkVariables {
    private static final Comparator<Port> ORDER =
            Comparator.comparing((Port p) -> !p.protocol().equals("tcp"))
                    .thenComparing(Port::protocol)
                    .thenComparing(Port::number);

    private final String prefix;
    private final String address;
    private final List<String> variables = new ArrayList<>();

    private LinkVariables(String prefix, String address) {
        this.prefix = prefix;
        this.address = address;
    }

    private record Port(int number, String protocol) {
        static Port parse(String text) {
            String[] parts = text.split("/", 2);
            return new Port(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "tcp");
        }

        boolean follows(Port other) {
            return number == other.number + 1 && protocol.equals(other.protocol);
        }
    }

    /// @param container whose variables they are to be
    /// @param exposed ports of the other one, `80/tcp`
    /// @param env its variables
    /// @param address where it is
    static List<String> of(
            LinkNames.Link link,
            String container,
            Set<String> exposed,
            List<String> env,
            String address) {
        String prefix = link.alias().toUpperCase(Locale.ROOT).replace('-', '_');
        LinkVariables made = new LinkVariables(prefix, address);
        made.ports(exposed.stream().map(Port::parse).sorted(ORDER).toList());
        made.add("_NAME", "/" + container + "/" + link.alias());
        env.forEach(made::own);
        return List.copyOf(made.variables);
    }

    private void ports(List<Port> ports) {
        if (!ports.isEmpty()) {
            add("_PORT", url(ports.getFirst()));
        }
        int from = 0;
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            add(name(port), url(port));
            add(name(port) + "_ADDR", address);
            add(name(port) + "_PORT", Integer.toString(port.number()));
            add(name(port) + "_PROTO", port.protocol());
            if (i + 1 == ports.size() || !ports.get(i + 1).follows(port)) {
                range(ports.get(from), port);
                from = i + 1;
            }
        }
    }

    /// Ports that follow each other have their ends as well.
    private void range(Port first, Port last) {
        if (first.equals(last)) {
            return;
        }
        add(name(first) + "_START", url(first));
        add(name(first) + "_PORT_START", Integer.toString(first.number()));
        add(name(first) + "_END", url(last));
        add(name(first) + "_PORT_END", Integer.toString(last.number()));
    }

    /// What every image sets anyway is left out.
    private void own(String entry) {
        int equals = entry.indexOf('=');
        if (equals > 0 && !entry.startsWith("HOME=") && !entry.startsWith("PATH=")) {
            variables.add(prefix + "_ENV_" + entry);
        }
    }

    private static String name(Port port) {
        return "_PORT_" + port.number() + "_" + port.protocol().toUpperCase(Locale.ROOT);
    }

    private String url(Port port) {
        return port.protocol() + "://" + address + ":" + port.number();
    }

    private void add(String name, String value) {
        variables.add(prefix + name + "=" + value);
    }
}
