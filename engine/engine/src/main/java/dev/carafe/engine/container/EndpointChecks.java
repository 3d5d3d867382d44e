package dev.carafe.engine.container;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be asked of a network, with docker's sentences.
public final class EndpointChecks {
    private EndpointChecks() {}

    /// @throws InvalidArgument for an address that the network can't give, for aliases where nobody
    ///   resolves names, for a malformed hardware address
    public static void check(Network network, EndpointSettings settings) {
        List<String> errors = new ArrayList<>();
        boolean address = isSet(settings.ipv4Address()) || isSet(settings.ipv6Address());
        if (network.predefined()) {
            if (address) {
                errors.add("user specified IP address is supported on user defined networks only");
            }
            if (!settings.aliases().isEmpty()) {
                errors.add(
                        "network-scoped alias is supported only for containers in user defined"
                                + " networks");
            }
        }
        if (address && !network.subnetChosen()) {
            errors.add(
                    "user specified IP address is supported only when connecting to networks with"
                            + " user configured subnets");
        }
        mac(settings.macAddress());
        for (String wanted : addresses(settings)) {
            if (network.subnetChosen() && !network.contains(wanted)) {
                errors.add("no configured subnet or ip-range contain the IP address " + wanted);
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidArgument("invalid endpoint settings:\n" + list(errors));
        }
    }

    /// @throws InvalidArgument for a malformed hardware address
    public static void mac(@Nullable String mac) {
        if (mac != null && !mac.isEmpty() && !mac.matches("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")) {
            throw new InvalidArgument("invalid MAC address " + mac);
        }
    }

    /// One alone stands as it is, several each behind a star.
    private static String list(List<String> errors) {
        return errors.size() == 1 ? errors.getFirst() : "* " + String.join("\n* ", errors);
    }

    private static List<String> addresses(EndpointSettings settings) {
        return Stream.of(settings.ipv4Address(), settings.ipv6Address())
                .filter(EndpointChecks::isSet)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
