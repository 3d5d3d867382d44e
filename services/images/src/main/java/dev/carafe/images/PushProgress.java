package dev.carafe.images;

import dev.carafe.oci.Descriptor;
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

    /// @param tag or digest that it was pushed by
    /// @param top leads to the manifest or index
    record Pushed(String tag, Descriptor top) {
        public Digest digest() {
            return top.digest();
        }

        /// In bytes.
        public int size() {
            return (int) top.size();
        }
    }
}
