package dev.carafe.images;

import dev.carafe.oci.Digest;

/// Hears how a push gets on. Called from several threads, one at a time; what it throws ends the
/// push.
public interface PushProgress {
    /// Nobody listens.
    PushProgress NONE =
            new PushProgress() {
                @Override
                public void layer(
                        Digest diffId, Step step, long current, long total, String from) {}

                @Override
                public void pushed(Pushed pushed) {}
            };

    /// A layer's way.
    enum Step {
        PREPARING,
        PUSHING,
        PUSHED,
        EXISTS,
        MOUNTED
    }

    /// @param diffId of the layer
    /// @param current bytes of its tar that are on their way
    /// @param total of these bytes
    /// @param from the repository that it was mounted from; else empty
    void layer(Digest diffId, Step step, long current, long total, String from);

    /// Everything of one tag is there.
    void pushed(Pushed pushed);

    /// @param digest of the manifest
    /// @param size of the manifest in bytes
    record Pushed(String tag, Digest digest, int size) {}
}
