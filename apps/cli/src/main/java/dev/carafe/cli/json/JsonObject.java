package dev.carafe.cli.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object in the order of its keys. The getters forgive: a missing field, or one of another
/// type, is the empty value.
public final class JsonObject extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    /// The value as text: strings as they are, numbers and booleans printed, everything else empty.
    public String text(String name) {
        Object value = get(name);
        if (value instanceof String s) {
            return s;
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : "";
    }

    public long number(String name) {
        return get(name) instanceof Number n ? n.longValue() : 0;
    }

    public boolean bool(String name) {
        return Boolean.TRUE.equals(get(name));
    }

    public JsonObject object(String name) {
        return get(name) instanceof JsonObject o ? o : new JsonObject();
    }

    public List<@Nullable Object> list(String name) {
        return get(name) instanceof List<?> l
                ? new ArrayList<@Nullable Object>(l)
                : new ArrayList<>();
    }

    /// The strings of a list.
    public List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (Object o : list(name)) {
            if (o instanceof String s) {
                all.add(s);
            }
        }
        return all;
    }

    /// The objects of a list.
    public List<JsonObject> objects(String name) {
        List<JsonObject> all = new ArrayList<>();
        for (Object o : list(name)) {
            if (o instanceof JsonObject j) {
                all.add(j);
            }
        }
        return all;
    }

    /// An object of strings, such as labels.
    public Map<String, String> strings(String name) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonObject object = object(name);
        for (String key : object.keySet()) {
            all.put(key, object.text(key));
        }
        return all;
    }

    /// Adds a field and returns this.
    public JsonObject with(String name, @Nullable Object value) {
        put(name, value);
        return this;
    }
}
