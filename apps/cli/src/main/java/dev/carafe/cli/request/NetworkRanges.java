package dev.carafe.cli.request;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// `--subnet`, `--ip-range`, `--gateway`, `--aux-address`: which belongs to which.
public final class NetworkRanges {
    private NetworkRanges() {}

    private record Prefix(byte[] address, int length) {
        static Prefix parse(String text, String what) {
            int slash = text.indexOf('/');
            try {
                byte[] address =
                        InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                                .getAddress();
                int length =
                        slash < 0
                                ? address.length * 8
                                : Integer.parseInt(text.substring(slash + 1));
                if (length >= 0 && length <= address.length * 8) {
                    return new Prefix(address, length);
                }
            } catch (IllegalArgumentException e) {
                throw new Failure("invalid " + what + ": " + text);
            }
            throw new Failure("invalid " + what + ": " + text);
        }

        boolean contains(Prefix other) {
            if (other.address.length != address.length || other.length < length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other.address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// One object for each subnet.
    ///
    /// @throws Failure when something belongs to none, with docker's words
    public static List<JsonObject> of(Parsed flags) {
        List<Prefix> prefixes = new ArrayList<>();
        int subnets = flags.all("subnet").size();
        if (subnets < flags.all("ip-range").size() || subnets < flags.all("gateway").size()) {
            throw new Failure("every ip-range or gateway must have a corresponding subnet");
        }
        List<JsonObject> ranges = new ArrayList<>();
        for (String subnet : flags.all("subnet")) {
            Prefix prefix = Prefix.parse(subnet, "CIDR address");
            for (Prefix other : prefixes) {
                if (other.contains(prefix) || prefix.contains(other)) {
                    throw new Failure("multiple overlapping subnet configuration is not supported");
                }
            }
            prefixes.add(prefix);
            ranges.add(new JsonObject().with("Subnet", subnet));
        }
        for (String range : flags.all("ip-range")) {
            put(ranges, prefixes, "range", "IPRange", range);
        }
        for (String gateway : flags.all("gateway")) {
            put(ranges, prefixes, "gateway", "Gateway", gateway);
        }
        for (String pair : flags.all("aux-address")) {
            int equals = pair.indexOf('=');
            String address = pair.substring(equals + 1);
            JsonObject range = owner(ranges, prefixes, "aux-address", address);
            range.put(
                    "AuxiliaryAddresses",
                    range.object("AuxiliaryAddresses")
                            .with(pair.substring(0, Math.max(0, equals)), address));
        }
        return ranges;
    }

    private static void put(
            List<JsonObject> ranges,
            List<Prefix> prefixes,
            String what,
            String field,
            String value) {
        JsonObject range = owner(ranges, prefixes, what, value);
        if (range.containsKey(field)) {
            throw new Failure(
                    "cannot configure multiple "
                            + what
                            + "s ("
                            + value
                            + ", "
                            + range.text(field)
                            + ") on the same subnet ("
                            + range.text("Subnet")
                            + ")");
        }
        range.put(field, value);
    }

    private static JsonObject owner(
            List<JsonObject> ranges, List<Prefix> prefixes, String what, String value) {
        Prefix wanted = Prefix.parse(value, what);
        for (int i = 0; i < prefixes.size(); i++) {
            if (prefixes.get(i).contains(wanted)) {
                return ranges.get(i);
            }
        }
        throw new Failure("no matching subnet for " + what + " " + value);
    }
}
