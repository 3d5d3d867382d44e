package dev.carafe.snapshots;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name of a layer together with all layers below it (image-spec config.md#layer-chainid).
public record ChainId(Digest digest) implements Comparable<ChainId> {
    /// The chain of layers with these diffIds, lowest first.
    ///
    /// @throws InvalidArgument when there is none
    public static ChainId of(List<Digest> diffIds) {
        ChainId chain = null;
        for (Digest diffId : diffIds) {
            chain = over(chain, diffId);
        }
        if (chain == null) {
            throw new InvalidArgument("a chain has at least one layer");
        }
        return chain;
    }

    /// The chain that a layer makes over `parent`.
    public static ChainId over(@Nullable ChainId parent, Digest diffId) {
        return parent == null
                ? new ChainId(diffId)
                : new ChainId(
                        Digest.of((parent + " " + diffId).getBytes(StandardCharsets.US_ASCII)));
    }

    /// Reads `sha256:...`.
    public static ChainId parse(String text) {
        return new ChainId(Digest.parse(text));
    }

    @Override
    public int compareTo(ChainId other) {
        return digest.compareTo(other.digest);
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
