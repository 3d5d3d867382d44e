package dev.carafe.oci.runtime;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.util.List;

/// `config.json` to {@link Spec} and back. Unknown fields are ignored; what is null is not written.
public final class SpecJson {
    private static final Jsonb JSONB =
            Jsonb.builder().adapter(JsonText.stream(false, false)).build();

    private SpecJson() {}

    /// @throws InvalidArgument when the bytes are no such document
    public static Spec spec(byte[] json) {
        return read(Spec.class, json);
    }

    /// A process alone, as `exec --process FILE` takes it.
    public static Process process(byte[] json) {
        return read(Process.class, json);
    }

    public static Resources resources(byte[] json) {
        return read(Resources.class, json);
    }

    /// A seccomp filter alone.
    public static Seccomp seccomp(byte[] json) {
        return read(Seccomp.class, json);
    }

    /// The document, in UTF-8 without white space.
    public static byte[] print(Spec spec) {
        return JSONB.type(Spec.class).toJsonBytes(spec);
    }

    /// As {@link #process} reads it.
    public static byte[] print(Process process) {
        return JSONB.type(Process.class).toJsonBytes(process);
    }

    public static byte[] print(State state) {
        return JSONB.type(State.class).toJsonBytes(state);
    }

    public static byte[] print(List<State> states) {
        return JSONB.type(State.class).list().toJsonBytes(states);
    }

    public static byte[] print(Features features) {
        return JSONB.type(Features.class).toJsonBytes(features);
    }

    public static State state(byte[] json) {
        return read(State.class, json);
    }

    private static <T> T read(Class<T> type, byte[] json) {
        try {
            T value = JSONB.type(type).fromJson(json);
            if (value == null) {
                throw new InvalidArgument("no " + type.getSimpleName() + ": null");
            }
            return value;
        } catch (JsonException | IllegalStateException | NullPointerException e) {
            throw new InvalidArgument(
                    Subject.NONE,
                    "no valid " + type.getSimpleName() + ": " + String.valueOf(e.getMessage()),
                    e);
        }
    }
}
