package dev.carafe.cli.command;

import dev.carafe.cli.template.GoStruct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One line of a listing: its fields by the names that `--format` knows.
abstract class Row implements GoStruct {
    private final String typeName;
    private final String[] fields;

    /// @param typeName as Docker's error sentences name it
    /// @param fields the names, of which {@link #text} gives the values
    Row(String typeName, String... fields) {
        this.typeName = typeName;
        this.fields = fields;
    }

    /// The field's text.
    abstract String text(String field);

    /// The labels, for `.Label "key"`; null where a listing has none.
    @Nullable Map<String, String> labels() {
        return null;
    }

    @Override
    public String typeName() {
        return typeName;
    }

    @Override
    public boolean escapesHtml() {
        return true;
    }

    @Override
    public boolean has(String field) {
        for (String known : fields) {
            if (known.equals(field)) {
                return true;
            }
        }
        return isMethod(field);
    }

    @Override
    public boolean isMethod(String field) {
        return field.equals("Label") && labels() != null;
    }

    @Override
    public @Nullable Object get(String field, List<@Nullable Object> arguments) {
        Map<String, String> labels = labels();
        if (field.equals("Label") && labels != null) {
            String key = arguments.isEmpty() ? "" : String.valueOf(arguments.get(0));
            return labels.getOrDefault(key, "");
        }
        return text(field);
    }

    @Override
    public Map<String, @Nullable Object> all() {
        Map<String, @Nullable Object> all = new TreeMap<>();
        for (String field : fields) {
            all.put(field, get(field, List.of()));
        }
        return all;
    }

    static String joined(Map<String, String> labels) {
        StringBuilder s = new StringBuilder();
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            s.append(s.isEmpty() ? "" : ",")
                    .append(label.getKey())
                    .append('=')
                    .append(label.getValue());
        }
        return s.toString();
    }
}
