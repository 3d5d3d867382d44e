package dev.carafe.buildkit.export;

import dev.carafe.base.InvalidArgument;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.oci.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The options of BuildKit's exporters of images, but for how the image is described ({@link
/// OutputForm}).
///
/// @param names of the image; without tags when it is pushed by digest
/// @param byDigest whether it is pushed without a tag, and named nowhere
/// @param stored whether it stays in the image store
record ImageOptions(List<ImageReference> names, boolean pushed, boolean byDigest, boolean stored) {
    /// What is taken without effect: layers are unpacked in any case, digests are names of what was
    /// pushed, and whether a registry may be spoken to in the clear is the daemon's to say.
    private static final Set<String> KNOWN =
            Set.of(
                    "name",
                    "push",
                    "push-by-digest",
                    "store",
                    "unpack",
                    "name-canonical",
                    "registry.insecure",
                    "dangling-name-prefix",
                    "danglingEmptyOnly",
                    "prefer-nondist-layers",
                    "attestation-inline",
                    "oci-mediatypes",
                    "oci-artifact",
                    "compression",
                    "compression-level",
                    "force-compression",
                    "rewrite-timestamp",
                    "dest",
                    "tar",
                    "context",
                    "load");

    /// @throws InvalidArgument for options that can't be
    static ImageOptions of(Map<String, String> attrs) {
        boolean byDigest = Switches.isOn(attrs, "push-by-digest", false);
        Switches.isOn(attrs, "unpack", true);
        Switches.isOn(attrs, "name-canonical", false);
        String names = attrs.getOrDefault("name", "");
        return new ImageOptions(
                byDigest ? untagged(names) : names(names),
                Switches.isOn(attrs, "push", false),
                byDigest,
                Switches.isOn(attrs, "store", true));
    }

    /// Tells of options that are nobody's, and of those that have no effect in this build.
    ///
    /// @param clamped whether the build has a SOURCE_DATE_EPOCH
    static void warn(Map<String, String> attrs, boolean clamped, Progress progress) {
        for (String name : attrs.keySet()) {
            if (name.equals("buildinfo") || name.equals("buildinfo-attrs")) {
                progress.warns(
                        "The output option " + name + " has no effect any more: take --provenance");
            } else if (!KNOWN.contains(name) && !name.startsWith("annotation")) {
                progress.warns("The output option " + name + " is not known, and has no effect");
            }
        }
        if (Switches.isOn(attrs, "rewrite-timestamp", false) && !clamped) {
            progress.warns("rewrite-timestamp is specified, but no source-date-epoch was found");
        }
    }

    static List<ImageReference> names(String list) {
        List<ImageReference> names = new ArrayList<>();
        for (String text : list.split(",")) {
            if (!text.isBlank()) {
                ImageReference name = ImageReference.parse(text.strip()).withDefaultTag();
                if (name.digest() != null) {
                    throw new InvalidArgument("build tag cannot contain a digest");
                }
                names.add(name);
            }
        }
        return names;
    }

    private static List<ImageReference> untagged(String list) {
        List<ImageReference> names = new ArrayList<>();
        for (String text : list.split(",")) {
            if (!text.isBlank()) {
                ImageReference name = ImageReference.parse(text.strip());
                if (name.tag() != null || name.digest() != null) {
                    throw new InvalidArgument("can't push tagged ref " + text + " by digest");
                }
                names.add(name);
            }
        }
        return names;
    }
}
