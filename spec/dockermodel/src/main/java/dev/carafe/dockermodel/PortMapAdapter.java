package dev.carafe.dockermodel;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.List;
import java.util.Map;

/// Ports and where they are published, where null says "exposed only" and must be written.
@CustomAdapter(global = false)
public final class PortMapAdapter extends NullShown<Map<String, List<PortBinding>>> {
    public PortMapAdapter(Jsonb jsonb) {
        super(new Inner(jsonb));
    }

    private static final class Inner implements JsonAdapter<Map<String, List<PortBinding>>> {
        private final JsonAdapter<Map<String, List<PortBinding>>> map;
        private final JsonAdapter<List<PortBinding>> list;

        Inner(Jsonb jsonb) {
            map = jsonb.adapter(Types.mapOf(Types.listOf(PortBinding.class)));
            list = jsonb.adapter(Types.listOf(PortBinding.class));
        }

        @Override
        public void toJson(JsonWriter writer, Map<String, List<PortBinding>> value) {
            boolean before = writer.serializeNulls();
            writer.serializeNulls(true);
            writer.beginObject();
            value.forEach((port, bindings) -> {
                writer.name(port);
                list.toJson(writer, bindings);
            });
            writer.endObject();
            writer.serializeNulls(before);
        }

        @Override
        public Map<String, List<PortBinding>> fromJson(JsonReader reader) {
            return map.fromJson(reader);
        }
    }
}
