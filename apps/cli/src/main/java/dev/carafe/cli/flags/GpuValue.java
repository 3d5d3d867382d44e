package dev.carafe.cli.flags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `--gpus all`, `--gpus 2`, `--gpus '"device=0,1",capabilities=compute'`.
///
/// @param count -1 = all; 0 when devices are named
public record GpuValue(
        String driver,
        long count,
        List<String> devices,
        List<String> capabilities,
        Map<String, String> options) {

    public static GpuValue parse(String text) {
        String driver = "";
        long count = 1;
        boolean counted = false;
        List<String> devices = new ArrayList<>();
        List<String> capabilities = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (String field : Csv.fields(text)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? "count" : field.substring(0, equals);
            String value = field.substring(equals + 1);
            switch (key) {
                case "driver" -> driver = value;
                case "count" -> {
                    count = count(value);
                    counted = true;
                }
                case "device" -> devices.addAll(List.of(value.split(",")));
                case "capabilities" -> capabilities.addAll(List.of(value.split(",")));
                case "options" -> pairs(options, value);
                default -> throw new BadValue("unexpected key '" + key + "' in '" + field + "'");
            }
        }
        if (!capabilities.contains("gpu")) {
            capabilities.add("gpu");
        }
        return new GpuValue(
                driver, counted || devices.isEmpty() ? count : 0, devices, capabilities, options);
    }

    private static void pairs(Map<String, String> options, String text) {
        for (String pair : Csv.fields(text)) {
            int equals = pair.indexOf('=');
            options.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : pair.substring(equals + 1));
        }
    }

    private static long count(String value) {
        if (value.equals("all")) {
            return -1;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new BadValue(
                    "invalid count ("
                            + value
                            + "): value must be either \"all\" or an integer: invalid syntax");
        }
    }
}
