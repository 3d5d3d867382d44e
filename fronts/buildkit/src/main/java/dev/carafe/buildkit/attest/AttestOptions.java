package dev.carafe.buildkit.attest;

import dev.carafe.base.InvalidArgument;
import dev.carafe.buildkit.options.FrontendOptions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The attestations that a client asks for: `attest:provenance` and `attest:sbom`, or build
/// arguments BUILDKIT_ATTEST_PROVENANCE and so on.
///
/// @param provenance null for none
/// @param sbom the scanner's image; null for none
public record AttestOptions(@Nullable ProvenanceOptions provenance, @Nullable String sbom) {
    private static final String SCANNER = "docker/buildkit-syft-scanner:stable-1";

    /// @throws InvalidArgument for what can't be
    public static AttestOptions of(FrontendOptions options) {
        Map<String, String> asked = new TreeMap<>();
        options.all("attest:")
                .forEach((kind, value) -> asked.put(kind.toLowerCase(Locale.ROOT), value));
        options.all("build-arg:BUILDKIT_ATTEST_")
                .forEach((kind, value) -> asked.put(kind.toLowerCase(Locale.ROOT), value));
        ProvenanceOptions provenance = null;
        String sbom = null;
        for (Map.Entry<String, String> one : asked.entrySet()) {
            Map<String, String> attrs = attrs(one.getValue());
            switch (one.getKey()) {
                case "provenance" ->
                        provenance = isWanted(attrs) ? ProvenanceOptions.of(attrs) : null;
                case "sbom" ->
                        sbom = isWanted(attrs) ? attrs.getOrDefault("generator", SCANNER) : null;
                default ->
                        throw new InvalidArgument(
                                "unknown attestation type \"" + one.getKey() + "\"");
            }
        }
        return new AttestOptions(provenance, sbom);
    }

    /// Clients ask for the smallest provenance on their own, as `inline-only`. That one is not
    /// made: equal builds shall have equal digests unless somebody wants otherwise.
    private static boolean isWanted(Map<String, String> attrs) {
        return !isTrue(attrs.get("disabled")) && !isTrue(attrs.get("inline-only"));
    }

    static boolean isTrue(@Nullable String text) {
        return text != null && (text.equals("1") || text.equalsIgnoreCase("true"));
    }

    /// Pairs with commas between them; one with a comma in it stands in quotes.
    private static Map<String, String> attrs(String text) {
        Map<String, String> attrs = new HashMap<>();
        for (String part : text.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            String plain =
                    part.length() > 1 && part.startsWith("\"") && part.endsWith("\"")
                            ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                            : part;
            String[] pair = plain.split("=", 2);
            if (!pair[0].isEmpty()) {
                attrs.put(pair[0], pair.length < 2 ? "" : pair[1]);
            }
        }
        return attrs;
    }
}
