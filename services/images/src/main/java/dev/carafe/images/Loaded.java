package dev.carafe.images;

import dev.carafe.oci.Digest;
import java.util.ArrayList;
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
        List<String> lines = new ArrayList<>();
        for (Displaced lost : displaced) {
            lines.add(
                    "The image "
                            + lost.reference()
                            + " already exists, renaming the old one with ID "
                            + lost.image()
                            + " to empty string");
        }
        references.forEach(name -> lines.add("Loaded image: " + name));
        if (references.isEmpty()) {
            lines.add("Loaded image ID: " + id);
        }
        return lines;
    }

    /// @param image the one that lost the name
    public record Displaced(String reference, Digest image) {}
}
