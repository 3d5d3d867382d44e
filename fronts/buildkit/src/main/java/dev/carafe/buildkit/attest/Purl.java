package dev.carafe.buildkit.attest;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Package URLs of images (github.com/package-url/purl-spec, type `docker`).
final class Purl {
    private Purl() {}

    /// `pkg:docker/busybox@latest?platform=linux%2Famd64`
    static String docker(ImageReference name, @Nullable Platform platform) {
        Digest digest = name.digest();
        String tag = digest == null ? name.withDefaultTag().tag() : name.tag();
        List<String> qualifiers = new ArrayList<>();
        if (digest != null) {
            qualifiers.add("digest=" + digest);
        }
        if (platform != null) {
            qualifiers.add(
                    "platform=" + URLEncoder.encode(platform.toString(), StandardCharsets.UTF_8));
        }
        return "pkg:docker/"
                + name.familiarName()
                + (tag == null ? "" : "@" + tag)
                + (qualifiers.isEmpty() ? "" : "?" + String.join("&", qualifiers));
    }
}
