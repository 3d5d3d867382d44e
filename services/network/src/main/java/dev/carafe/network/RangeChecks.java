package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the parts of a range that is asked for fit together, in docker's sentences.
final class RangeChecks {
    private RangeChecks() {}

    /// @param errors is given what is wrong
    /// @return the subnet, or null where there is none to be seen
    static @Nullable Subnet check(Network.Ipam asked, List<String> errors) {
        Subnet subnet;
        try {
            subnet = Subnet.around(asked.subnet());
            InetAddress given = Subnet.addressPart(asked.subnet());
            if (!given.equals(subnet.address())) {
                errors.add("invalid subnet %s: it should be %s".formatted(asked.subnet(), subnet));
            }
        } catch (InvalidArgument e) {
            errors.add("invalid subnet %s: invalid CIDR block notation".formatted(asked.subnet()));
            return null;
        }
        checkRange(asked.ipRange(), subnet, errors);
        if (!asked.gateway().isEmpty()) {
            checkAddress("gateway", asked.gateway(), subnet, errors);
        }
        asked.aux().values().forEach(a -> checkAddress("auxiliary address", a, subnet, errors));
        return subnet;
    }

    private static void checkRange(@Nullable String text, Subnet subnet, List<String> errors) {
        if (text == null || text.isEmpty()) {
            return;
        }
        try {
            Subnet range = Subnet.around(text);
            if (range.prefixLength() < subnet.prefixLength()) {
                errors.add(
                        "invalid ip-range %s: CIDR block is bigger than its parent subnet %s"
                                .formatted(text, subnet));
            } else if (!Subnet.addressPart(text).equals(range.address())) {
                errors.add("invalid ip-range %s: it should be %s".formatted(text, range));
            } else if (!subnet.contains(range.address())) {
                errors.add(
                        "invalid ip-range %s: parent subnet %s doesn't contain ip-range"
                                .formatted(text, subnet));
            }
        } catch (InvalidArgument e) {
            errors.add("invalid ip-range %s: invalid CIDR block notation".formatted(text));
        }
    }

    private static void checkAddress(String what, String text, Subnet subnet, List<String> errors) {
        try {
            if (!subnet.contains(Addresses.parse(text))) {
                errors.add(
                        "invalid %s %s: parent subnet %s doesn't contain this address"
                                .formatted(what, text, subnet));
            }
        } catch (InvalidArgument e) {
            errors.add("invalid %s %s: invalid address".formatted(what, text));
        }
    }
}
