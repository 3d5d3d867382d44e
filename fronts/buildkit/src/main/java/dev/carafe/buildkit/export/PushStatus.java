package dev.carafe.buildkit.export;

import dev.carafe.buildkit.progress.Progress;
import dev.carafe.images.PushProgress;
import dev.carafe.oci.Digest;

/// Tells how a push gets on, layer by layer.
public final class PushStatus implements PushProgress {
    private final Progress.Part part;

    public PushStatus(Progress.Part part) {
        this.part = part;
    }

    @Override
    public void layer(Digest diffId, Step step, long current, long total, String from) {
        boolean done =
                switch (step) {
                    case PREPARING, PUSHING -> false;
                    case PUSHED, EXISTS, MOUNTED -> true;
                };
        part.status("pushing layer " + diffId.shortHex(), current, total, done);
    }

    @Override
    public void pushed(Pushed pushed) {
        part.done("pushing manifest " + pushed.tag() + "@" + pushed.digest(), 0);
    }
}
