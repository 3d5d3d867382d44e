package dev.carafe.buildkit.attest;

import dev.carafe.buildkit.attest.JsonTree.Always;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something said of a build's result, not yet of which bytes.
///
/// @param type of the predicate, an address
/// @param predicate as JSON
public record Attestation(String type, String predicate) {
    private static final String STATEMENT = "https://in-toto.io/Statement/v0.1";

    /// The in-toto statement that says it of an image.
    ///
    /// @param manifest digest of the image's
    /// @param names of the image; may be none
    byte[] statement(Digest manifest, List<ImageReference> names, Platform platform) {
        List<Object> subjects = new ArrayList<>();
        for (ImageReference name : names) {
            subjects.add(subject(Purl.docker(name, platform), manifest));
        }
        if (names.isEmpty()) {
            subjects.add(subject("_", manifest));
        }
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("_type", STATEMENT);
        head.put("predicateType", type);
        head.put("subject", new Always(subjects));
        String text = JsonTree.write(head);
        return (text.substring(0, text.length() - 1) + ",\"predicate\":" + predicate + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> subject(String name, Digest digest) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("name", name);
        subject.put("digest", Map.of(digest.algorithm(), digest.hex()));
        return subject;
    }
}
