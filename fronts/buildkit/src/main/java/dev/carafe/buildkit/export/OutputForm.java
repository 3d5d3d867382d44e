package dev.carafe.buildkit.export;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.oci.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a client wants its images described: annotations, media types, compression (the options of
/// BuildKit's image exporters).
final class OutputForm {
    private static final Pattern ANNOTATION =
            Pattern.compile("annotation(?:-([a-z-]+))?(?:\\[([A-Za-z0-9_/-]+)])?\\.(\\S+)");

    private final Map<String, String> attrs;

    /// @param attrs of the exporter
    OutputForm(Map<String, String> attrs) {
        this.attrs = attrs;
    }

    /// The images, each with its form, in the same order.
    ///
    /// @throws InvalidArgument for annotations that go nowhere
    /// @throws NotImplemented for a compression that is not made
    Map<Image, ImageForm> of(List<Image> all) {
        checkCompression();
        if (all.size() < 2 && !index().isEmpty()) {
            throw new InvalidArgument("index annotations not supported for single platform export");
        }
        Map<Image, ImageForm> forms = new LinkedHashMap<>();
        all.forEach(image -> forms.put(image, of(image.platform())));
        return forms;
    }

    private ImageForm of(Platform platform) {
        Map<String, String> annotations = annotations("manifest", platform);
        String oci = attrs.getOrDefault("oci-mediatypes", "");
        ImageForm.Type type =
                switch (oci) {
                    case "true", "1" -> ImageForm.Type.OCI;
                    case "false", "0" ->
                            annotations.isEmpty() ? ImageForm.Type.DOCKER : ImageForm.Type.OCI;
                    // docker's manifests have no annotations
                    default -> annotations.isEmpty() ? ImageForm.Type.ANY : ImageForm.Type.OCI;
                };
        return new ImageForm(type, annotations, annotations("manifest-descriptor", platform));
    }

    /// Annotations of the index.
    Map<String, String> index() {
        return annotations("index", Platform.host());
    }

    private Map<String, String> annotations(String kind, Platform platform) {
        Map<String, String> found = new TreeMap<>();
        attrs.forEach((name, value) -> {
            Matcher matcher = ANNOTATION.matcher(name);
            if (matcher.matches() && kind.equals(kind(matcher)) && fits(matcher, platform)) {
                found.put(matcher.group(3), value);
            }
        });
        return found;
    }

    private static String kind(Matcher annotation) {
        String kind = annotation.group(1);
        return switch (kind) {
            case null -> "manifest";
            case "manifest", "manifest-descriptor", "index", "index-descriptor" -> kind;
            default -> throw new InvalidArgument("unrecognized annotation type " + kind);
        };
    }

    private static boolean fits(Matcher annotation, Platform platform) {
        String wanted = annotation.group(2);
        return wanted == null || platform.fits(Platform.parse(wanted));
    }

    private void checkCompression() {
        String wanted = attrs.getOrDefault("compression", "");
        boolean packed = List.of("estargz", "zstd").contains(wanted);
        if (packed) {
            throw new NotImplemented(
                    "compression=" + wanted + " is not supported: layers are packed by gzip");
        }
        if (!List.of("", "gzip", "uncompressed").contains(wanted)) {
            throw new InvalidArgument("unsupported layer compression type: " + wanted);
        }
    }
}
