package dev.carafe.dockermodel;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of strings whose null is written, and that is read from a single string too (`"Cmd":
/// "date"`).
@CustomAdapter(global = false)
public final class StringsOrString extends NullShown<List<String>> {
    public StringsOrString(Jsonb jsonb) {
        this(jsonb.<List<String>>adapter(Types.listOf(String.class)));
    }

    private StringsOrString(JsonAdapter<List<String>> list) {
        super(list);
    }

    @Override
    public @Nullable List<String> fromJson(JsonReader reader) {
        if (reader.currentToken() == JsonReader.Token.STRING) {
            return List.of(reader.readString());
        }
        return super.fromJson(reader);
    }
}
