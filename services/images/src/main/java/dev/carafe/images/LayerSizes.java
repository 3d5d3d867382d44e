package dev.carafe.images;

import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How images share their layers' disk space, at one moment. Each layer counts with the size that
/// was noted when it was unpacked; nothing is walked.
public final class LayerSizes {
    private final Map<ChainId, Long> bytes = new HashMap<>();
    private final Map<ChainId, Integer> users = new HashMap<>();

    private LayerSizes() {}

    public static LayerSizes of(ImageStore store, List<Image> images) {
        LayerSizes sizes = new LayerSizes();
        for (Image image : images) {
            for (LayerInfo layer : store.layers(image)) {
                sizes.bytes.put(layer.chainId(), layer.bytes());
                sizes.users.merge(layer.chainId(), 1, Integer::sum);
            }
        }
        return sizes;
    }

    /// Bytes of all layers, each once.
    public long totalBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Bytes of those layers of the image that others consist of too.
    public long sharedBytes(Image image) {
        return image.layers().stream()
                .filter(layer -> users.getOrDefault(layer, 0) > 1)
                .mapToLong(layer -> bytes.getOrDefault(layer, 0L))
                .sum();
    }
}
