package dev.carafe.cli.request;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonFailure;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// `--cap-add`, `--cap-drop`, `--security-opt`.
final class Security {
    private Security() {}

    static void apply(Parsed flags, JsonObject host) {
        TreeSet<String> add = capabilities(flags.all("cap-add"));
        TreeSet<String> drop = capabilities(flags.all("cap-drop"));
        drop.removeAll(add);
        if (!add.isEmpty()) {
            host.put("CapAdd", new ArrayList<Object>(add));
        }
        if (!drop.isEmpty()) {
            host.put("CapDrop", new ArrayList<Object>(drop));
        }
        List<String> options = new ArrayList<>();
        for (String option : flags.all("security-opt")) {
            if (option.equals("systempaths=unconfined")) {
                // The API has no such option: no masked and no read-only paths is what it means
                host.put("MaskedPaths", new ArrayList<Object>());
                host.put("ReadonlyPaths", new ArrayList<Object>());
            } else {
                options.add(option(option));
            }
        }
        if (!options.isEmpty()) {
            host.put("SecurityOpt", options);
        }
    }

    private static TreeSet<String> capabilities(List<String> names) {
        TreeSet<String> all = new TreeSet<>();
        for (String name : names) {
            String upper = name.trim().toUpperCase(Locale.ROOT);
            all.add(upper.equals("ALL") || upper.startsWith("CAP_") ? upper : "CAP_" + upper);
        }
        return all;
    }

    private static String option(String option) {
        int equals = option.indexOf('=');
        int split = equals < 0 ? option.indexOf(':') : equals;
        if (split < 0) {
            if (!option.equals("no-new-privileges")) {
                throw new Failure(125, "Invalid --security-opt: \"" + option + "\"");
            }
            return option;
        }
        String value = option.substring(split + 1);
        boolean profile =
                option.substring(0, split).equals("seccomp")
                        && !value.equals("unconfined")
                        && !value.equals("builtin");
        return profile ? "seccomp=" + profile(value) : option;
    }

    /// The profile in the file, as JSON on one line.
    private static String profile(String path) {
        String text = KeyValues.text(path, "opening seccomp profile (" + path + ") failed: ");
        try {
            return Json.write(Json.read(text));
        } catch (JsonFailure e) {
            throw new Failure(
                    125,
                    "compacting json for seccomp profile (" + path + ") failed: " + e.getMessage());
        }
    }
}
