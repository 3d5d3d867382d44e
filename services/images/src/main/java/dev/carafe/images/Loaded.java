package dev.carafe.images;

import dev.carafe.oci.Digest;
import java.util.List;

/// An image that came in.
///
/// @param references familiar names that lead to it now, in the archive's order; may be empty
/// @param displaced what these names led to before and no longer do
public record Loaded(Digest id, List<String> references, List<Displaced> displaced) {
    public Loaded {
        references = List.copyOf(references);
        displaced = List.copyOf(displaced);
    }

    /// Docker's lines, without line ends: clients parse them.
    public List<String> lines() {
        return references.isEmpty()
                ? List.of("Loaded image ID: " + id)
                : references.stream().map(name -> "Loaded image: " + name).toList();
    }

    /// @param image the one that lost the name
    public record Displaced(String reference, Digest image) {}
}
