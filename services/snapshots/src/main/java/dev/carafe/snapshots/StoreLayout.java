package dev.carafe.snapshots;

import java.nio.file.Path;

/// Where things are in the store:
///
/// ```
/// layers/<chain id's hex>/fs          the layer's files, as an overlay lower directory
///                        /places    mount places that the chain lacks, once a container stood on it
///                        /displaced   files that later entries of the same archive replaced, seldom there
///                        /record      what the archive held besides the files' data
///                        /layer.json  its names and sizes
///                        /roots, roots+  what `parent` of a root over the layer is a hard link to
/// roots/<key>/upper, work             what a container wrote, and overlayfs's own place
///            /parent                  symlink whose target is the hex of the chain below, with `+` when its places lie
///                                     between; absent over nothing
/// tmp/<random>                        layers and roots in the making, and those on their way out
/// empty                               the lowest directory of a root over nothing
/// ```
///
/// Layers and roots come and go by one rename from or to `tmp`, so what is in `layers` and `roots`
/// is whole.
record StoreLayout(Path root) {
    Path layers() {
        return root.resolve("layers");
    }

    Path roots() {
        return root.resolve("roots");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path empty() {
        return root.resolve("empty");
    }

    Path layer(ChainId chain) {
        return layers().resolve(chain.digest().hex());
    }

    Path files(ChainId chain) {
        return layer(chain).resolve("fs");
    }

    Path places(ChainId chain) {
        return layer(chain).resolve("places");
    }

    Path rootOf(String key) {
        return roots().resolve(key);
    }

    Path rootsLink(ChainId chain, boolean places) {
        return layer(chain).resolve(places ? "roots+" : "roots");
    }

    static Path displaced(Path layer) {
        return layer.resolve("displaced");
    }

    static Path record(Path layer) {
        return layer.resolve("record");
    }

    static Path state(Path layer) {
        return layer.resolve("layer.json");
    }

    static Path upper(Path root) {
        return root.resolve("upper");
    }

    static Path work(Path root) {
        return root.resolve("work");
    }

    static Path parent(Path root) {
        return root.resolve("parent");
    }
}
