package dev.carafe.oci;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.time.DateTimeException;

/// Bytes to records and back, for every `@Json` record of this room. Unknown fields are ignored;
/// null members are not written; members are written in the order of the record, so equal records
/// give equal bytes.
public final class OciJson {
    private static final Jsonb JSONB = Jsonb.builder().adapter(JsonText.stream()).build();

    private OciJson() {}

    /// @throws InvalidArgument when the bytes are not such a document
    public static <T> T read(Class<T> type, byte[] json) {
        try {
            T value = JSONB.type(type).fromJson(json);
            if (value == null) {
                throw new InvalidArgument("no " + type.getSimpleName() + ": null");
            }
            return value;
        } catch (JsonException
                | IllegalStateException
                | NullPointerException
                | DateTimeException e) {
            if (e.getCause() instanceof CarafeException cause) {
                throw cause;
            }
            throw new InvalidArgument(
                    Subject.NONE,
                    "no valid " + type.getSimpleName() + ": " + String.valueOf(e.getMessage()),
                    e);
        }
    }

    /// The document, in UTF-8 without white space.
    public static <T> byte[] write(Class<T> type, T value) {
        return JSONB.type(type).toJsonBytes(value);
    }

    public static Manifest manifest(byte[] json) {
        return read(Manifest.class, json);
    }

    public static Index index(byte[] json) {
        return read(Index.class, json);
    }

    public static ImageConfig config(byte[] json) {
        return read(ImageConfig.class, json);
    }
}
