package dev.carafe.registry;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.registry.http.Answer;
import dev.carafe.registry.http.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What refers to a manifest: signatures, lists of parts, attestations (distribution-spec, "Listing
/// Referrers"). Registries that do not know the question keep the list under a tag.
final class Referrers {
    private static final int MAX_PAGES = 1000;
    private static final int MAX_REFERRERS = 10_000;
    private static final int TAG_ALGORITHM = 32;
    private static final int TAG_HEX = 64;

    private final String path;
    private final Digest subject;
    private final String artifactType;
    private final List<String> reading;

    /// @param path of the repository
    /// @param artifactType empty for all
    /// @param reading scopes for a token
    Referrers(String path, Digest subject, String artifactType, List<String> reading) {
        this.path = path;
        this.subject = subject;
        this.artifactType = artifactType;
        this.reading = reading;
    }

    /// In the registry's order; those of the type asked for, whether the registry filters or not.
    ///
    /// @throws Refused 404 when the server has neither the list nor the tag
    List<Descriptor> on(Endpoint server) throws IOException {
        List<Descriptor> all = asked(server);
        return (all == null ? tagged(server) : all)
                .stream()
                        .filter(d ->
                                artifactType.isEmpty() || artifactType.equals(d.artifactType()))
                        .toList();
    }

    /// @return null when the server does not know the question
    private @Nullable List<Descriptor> asked(Endpoint server) throws IOException {
        String filter =
                artifactType.isEmpty()
                        ? ""
                        : "?artifactType="
                                + URLEncoder.encode(artifactType, StandardCharsets.UTF_8);
        URI page = server.at(path + "/referrers/" + subject + filter);
        List<Descriptor> all = new ArrayList<>();
        for (int i = 0; page != null && i < MAX_PAGES; i++) {
            try (Answer answer = server.get(page, reading, accept())) {
                if (answer.status() == 404 && i == 0) {
                    return null;
                }
                if (answer.status() != 200) {
                    throw answer.refusal();
                }
                all.addAll(index(answer).manifests());
                page = Repository.next(answer);
            }
            if (all.size() > MAX_REFERRERS) {
                throw new IOException("more than " + MAX_REFERRERS + " referrers of " + subject);
            }
        }
        return all;
    }

    private List<Descriptor> tagged(Endpoint server) throws IOException {
        URI uri = server.at(path + "/manifests/" + tag(subject));
        try (Answer answer = server.get(uri, reading, accept())) {
            if (answer.status() != 200) {
                throw answer.refusal();
            }
            return index(answer).manifests();
        }
    }

    private static Map<String, String> accept() {
        return Map.of("Accept", MediaTypes.OCI_INDEX);
    }

    private static Index index(Answer answer) throws IOException {
        try {
            return OciJson.index(answer.bytes(Repository.MAX_MANIFEST));
        } catch (InvalidArgument e) {
            throw new IOException("the list of referrers is unreadable: " + e.getMessage());
        }
    }

    /// `sha256-<hex>` (distribution-spec, "Referrers Tag Schema").
    static String tag(Digest subject) {
        return cut(subject.algorithm(), TAG_ALGORITHM) + "-" + cut(subject.hex(), TAG_HEX);
    }

    private static String cut(String text, int longest) {
        String legal = text.replaceAll("[^a-zA-Z0-9._-]", "-");
        return legal.substring(0, Math.min(longest, legal.length()));
    }
}
