package dev.carafe.buildkit.export;

import dev.carafe.base.InvalidArgument;
import dev.carafe.buildkit.attest.Attestation;
import dev.carafe.buildkit.attest.AttestationManifest;
import dev.carafe.images.Attachment;
import dev.carafe.images.Image;
import dev.carafe.images.ImageForm;
import dev.carafe.images.IndexForm;
import dev.carafe.images.Packing;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a client wants its images described: annotations, media types, compression (the options of
/// BuildKit's image exporters), with what is attested of them.
final class OutputForm {
    private static final Pattern ANNOTATION =
            Pattern.compile("annotation(?:-([a-z-]+))?(?:\\[([A-Za-z0-9_/-]+)])?\\.(\\S+)");

    private final String type;
    private final Map<String, String> attrs;
    private final Map<Image, List<Attestation>> attestations;
    private final Map<Image, RewrittenLayers> rewritten;
    private final Packing packing;

    /// @param type of the exporter
    /// @param attrs of the exporter
    /// @param attestations of images; of others there are none
    /// @param rewritten layers of images; of others there are none
    /// @throws InvalidArgument for options that can't be
    OutputForm(
            String type,
            Map<String, String> attrs,
            Map<Image, List<Attestation>> attestations,
            Map<Image, RewrittenLayers> rewritten) {
        this(type, attrs, attestations, rewritten, PackingOptions.of(attrs));
    }

    private OutputForm(
            String type,
            Map<String, String> attrs,
            Map<Image, List<Attestation>> attestations,
            Map<Image, RewrittenLayers> rewritten,
            Packing packing) {
        this.type = type;
        this.attrs = attrs;
        this.attestations = attestations;
        this.rewritten = rewritten;
        this.packing = packing;
    }

    /// The same with layers packed by gzip where the client does not say.
    OutputForm gzipped() {
        return new OutputForm(type, attrs, attestations, rewritten, packing.orGzip());
    }

    /// The same without attestations.
    OutputForm unattested() {
        return new OutputForm(type, attrs, Map.of(), rewritten, packing);
    }

    /// The images, each with its form, in the same order.
    ///
    /// @param names of the images where they go
    /// @throws InvalidArgument for annotations that go nowhere
    Map<Image, ImageForm> of(List<Image> all, List<ImageReference> names) {
        if (all.size() < 2 && !isAttested() && !index().isPlain()) {
            throw new InvalidArgument("index annotations not supported for single platform export");
        }
        Map<Image, ImageForm> forms = new LinkedHashMap<>();
        all.forEach(image -> forms.put(image, of(image).with(said(image, names))));
        return forms;
    }

    boolean isAttested() {
        return attestations.values().stream().anyMatch(list -> !list.isEmpty());
    }

    private List<Attachment> said(Image image, List<ImageReference> names) {
        List<Attestation> said = attestations.getOrDefault(image, List.of());
        return said.isEmpty()
                ? List.of()
                : List.of(
                        new AttestationManifest(
                                said,
                                names,
                                image.platform(),
                                Switches.isOn(attrs, "oci-artifact", false)));
    }

    private ImageForm of(Image image) {
        Platform platform = image.platform();
        Map<String, String> annotations = annotations("manifest", platform);
        List<Map<String, String>> onLayers = onLayers(image);
        return new ImageForm(
                type(!annotations.isEmpty() || !onLayers.isEmpty()),
                annotations,
                annotations("manifest-descriptor", platform),
                onLayers,
                packing,
                List.of());
    }

    /// Where the client asks for it; docker's media types know no such thing.
    private List<Map<String, String>> onLayers(Image image) {
        RewrittenLayers layers = rewritten.get(image);
        boolean oci = Switches.isOn(attrs, "oci-mediatypes", type.equals("oci"));
        boolean wanted =
                oci
                        && Switches.isOn(attrs, "rewrite-timestamp", false)
                        && !"".equals(attrs.get("source-date-epoch"));
        return layers == null || !wanted ? List.of() : layers.notes(image);
    }

    /// Docker's manifests have no annotations, and no layers packed by zstd.
    private ImageForm.Type type(boolean annotated) {
        boolean zstd = packing.kind() == Packing.Kind.ZSTD;
        boolean oci = annotated || zstd;
        if (!attrs.containsKey("oci-mediatypes")) {
            return oci ? ImageForm.Type.OCI : ImageForm.Type.ANY;
        }
        if (Switches.isOn(attrs, "oci-mediatypes", true)) {
            return ImageForm.Type.OCI;
        }
        if (zstd) {
            throw new InvalidArgument(
                    "exporter option \"compression=zstd\" conflicts with"
                            + " \"oci-mediatypes=false\"");
        }
        return oci ? ImageForm.Type.OCI : ImageForm.Type.DOCKER;
    }

    IndexForm index() {
        return new IndexForm(
                annotations("index", Platform.host()),
                annotations("index-descriptor", Platform.host()));
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
}
