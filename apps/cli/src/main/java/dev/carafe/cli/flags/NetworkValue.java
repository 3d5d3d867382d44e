package dev.carafe.cli.flags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `--network NAME` or `--network name=NAME,alias=a,ip=10.0.0.5,driver-opt=k=v,gw-priority=1`.
/// Absent texts are empty.
public record NetworkValue(
        String target,
        List<String> aliases,
        String ipv4,
        String ipv6,
        String mac,
        List<String> linkLocal,
        Map<String, String> driverOptions,
        long gatewayPriority) {

    public static NetworkValue named(String name) {
        return new NetworkValue(name, List.of(), "", "", "", List.of(), Map.of(), 0);
    }

    public static NetworkValue parse(String text) {
        if (text.indexOf('=') < 0) {
            return named(text);
        }
        List<String> aliases = new ArrayList<>();
        List<String> linkLocal = new ArrayList<>();
        Map<String, String> driverOptions = new LinkedHashMap<>();
        String[] single = {"", "", "", "", "0"};
        for (String field : Csv.fields(text)) {
            int equals = field.indexOf('=');
            if (equals <= 0 || equals == field.length() - 1) {
                throw new BadValue("invalid field " + field);
            }
            String key = field.substring(0, equals).trim().toLowerCase(Locale.ROOT);
            String value = field.substring(equals + 1).trim();
            switch (key) {
                case "name" -> single[0] = value;
                case "alias" -> aliases.add(value);
                case "ip" -> single[1] = value;
                case "ip6" -> single[2] = value;
                case "mac-address" -> single[3] = value;
                case "link-local-ip" -> linkLocal.add(value);
                case "driver-opt" -> driverOption(driverOptions, value);
                case "gw-priority" -> single[4] = priority(value);
                default -> throw new BadValue("invalid field key " + key);
            }
        }
        if (single[0].isEmpty()) {
            throw new BadValue("network name/id is not specified");
        }
        return new NetworkValue(
                single[0],
                aliases,
                single[1],
                single[2],
                single[3],
                linkLocal,
                driverOptions,
                Long.parseLong(single[4]));
    }

    private static void driverOption(Map<String, String> options, String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new BadValue("invalid key value pair format in driver options");
        }
        options.put(text.substring(0, equals), text.substring(equals + 1));
    }

    private static String priority(String value) {
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new BadValue("invalid gw-priority (" + value + "): invalid syntax");
        }
    }
}
