package dev.carafe.images;

import dev.carafe.oci.Descriptor;
import java.util.Map;
import java.util.TreeMap;

/// How an index of images is described where it is written.
///
/// @param annotations of the index
/// @param onDescriptor annotations of what leads to it
public record IndexForm(Map<String, String> annotations, Map<String, String> onDescriptor) {
    public static final IndexForm PLAIN = new IndexForm(Map.of(), Map.of());

    public IndexForm {
        annotations = Map.copyOf(annotations);
        onDescriptor = Map.copyOf(onDescriptor);
    }

    Descriptor described(Descriptor plain) {
        return onDescriptor.isEmpty() ? plain : plain.withAnnotations(new TreeMap<>(onDescriptor));
    }

    public boolean isPlain() {
        return annotations.isEmpty() && onDescriptor.isEmpty();
    }
}
