package dev.carafe.cli.command;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import java.util.List;
import java.util.Locale;

/// `--filter key=value` as the API's JSON: an object of objects of true.
final class Filters {
    private Filters() {}

    /// Empty when there is no filter.
    static String json(List<String> filters) {
        JsonObject all = new JsonObject();
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = filter.substring(0, equals).trim().toLowerCase(Locale.ROOT);
            JsonObject values = all.object(key).with(filter.substring(equals + 1).trim(), true);
            all.put(key, values);
        }
        return all.isEmpty() ? "" : Json.write(all);
    }
}
