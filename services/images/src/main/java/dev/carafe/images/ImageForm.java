package dev.carafe.images;

import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How an image is described where it is sent or written.
///
/// @param type of the media types
/// @param annotations of its manifest
/// @param onDescriptor annotations of what leads to the manifest in an index
/// @param onLayers annotations of what leads to its layers, by their places; what is beyond its end
///   has none
/// @param packing of its layers
/// @param attachments said of it in the index
public record ImageForm(
        Type type,
        Map<String, String> annotations,
        Map<String, String> onDescriptor,
        List<Map<String, String>> onLayers,
        Packing packing,
        List<Attachment> attachments) {
    /// With the manifest that it has, or the usual one.
    public static final ImageForm AS_IT_IS =
            new ImageForm(Type.ANY, Map.of(), Map.of(), List.of(), Packing.USUAL, List.of());

    /// Whose media types.
    public enum Type {
        ANY,
        OCI,
        DOCKER
    }

    public ImageForm {
        annotations = Map.copyOf(annotations);
        onDescriptor = Map.copyOf(onDescriptor);
        onLayers = List.copyOf(onLayers);
        attachments = List.copyOf(attachments);
    }

    /// The same, with more said of the image. Docker's media types know no such thing.
    public ImageForm with(List<Attachment> more) {
        return more.isEmpty()
                ? this
                : new ImageForm(Type.OCI, annotations, onDescriptor, onLayers, packing, more);
    }

    /// The same with OCI's media types.
    ImageForm inOciTerms() {
        return new ImageForm(Type.OCI, annotations, onDescriptor, onLayers, packing, attachments);
    }

    /// Whether an index is needed for what is said.
    public boolean needsIndex() {
        return !attachments.isEmpty();
    }

    /// Whether its manifest says nothing besides what every one says.
    public boolean isPlain() {
        return annotations.isEmpty() && onLayers.isEmpty();
    }

    /// Whether the manifest is made anew, whatever the image's own is.
    boolean isOwn() {
        return type != Type.ANY;
    }

    /// @param layers as they lie where the manifest goes
    public Manifest manifest(Descriptor config, List<Descriptor> layers) {
        boolean oci = type == Type.OCI;
        return new Manifest(
                2,
                oci ? MediaTypes.OCI_MANIFEST : MediaTypes.DOCKER_MANIFEST,
                null,
                typed(config, oci ? MediaTypes.OCI_CONFIG : MediaTypes.DOCKER_CONFIG),
                layers(layers, oci),
                null,
                annotations.isEmpty() ? null : new TreeMap<>(annotations));
    }

    private List<Descriptor> layers(List<Descriptor> layers, boolean oci) {
        List<Descriptor> typed = new ArrayList<>();
        for (Descriptor layer : layers) {
            Descriptor one = typed(layer, layer(layer.mediaType(), oci));
            Map<String, String> notes =
                    oci && typed.size() < onLayers.size() ? onLayers.get(typed.size()) : Map.of();
            typed.add(notes.isEmpty() ? one : one.withAnnotations(new TreeMap<>(notes)));
        }
        return typed;
    }

    /// @param plain leads to the manifest
    public Descriptor described(Descriptor plain) {
        return onDescriptor.isEmpty() ? plain : plain.withAnnotations(new TreeMap<>(onDescriptor));
    }

    private static Descriptor typed(Descriptor blob, String type) {
        return new Descriptor(
                type,
                blob.digest(),
                blob.size(),
                blob.urls(),
                blob.annotations(),
                blob.platform(),
                blob.artifactType());
    }

    /// The same compression by the other name; docker has none for zstd.
    private static String layer(String type, boolean oci) {
        return switch (type) {
            case MediaTypes.DOCKER_LAYER_GZIP, MediaTypes.OCI_LAYER_GZIP ->
                    oci ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.DOCKER_LAYER_GZIP;
            case MediaTypes.DOCKER_LAYER, MediaTypes.OCI_LAYER ->
                    oci ? MediaTypes.OCI_LAYER : MediaTypes.DOCKER_LAYER;
            default -> type;
        };
    }
}
