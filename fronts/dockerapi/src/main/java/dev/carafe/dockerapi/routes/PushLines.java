package dev.carafe.dockerapi.routes;

import dev.carafe.dockermodel.ProgressDetail;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.dockermodel.PushResult;
import dev.carafe.images.PushProgress;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A push in docker's words, which clients match.
final class PushLines implements PushProgress {
    private static final ProgressDetail NOTHING = new ProgressDetail(null, null);

    private final Progress out;

    PushLines(Progress out) {
        this.out = out;
    }

    @Override
    public void layer(Digest diffId, Step step, long current, long total, String from) {
        String text =
                switch (step) {
                    case PREPARING -> "Preparing";
                    case PUSHING -> "Pushing";
                    case PUSHED -> "Pushed";
                    case EXISTS -> "Layer already exists";
                    case MOUNTED -> "Mounted from " + from;
                };
        ProgressDetail detail = step == Step.PUSHING ? new ProgressDetail(current, total) : NOTHING;
        write(new ProgressMessage(null, text, detail, null, diffId.shortHex(), null, null, null));
    }

    @Override
    public void pushed(Pushed pushed) {
        status(pushed.tag() + ": digest: " + pushed.digest() + " size: " + pushed.size());
        PushResult result = new PushResult(pushed.tag(), pushed.digest().toString(), pushed.size());
        write(new ProgressMessage(null, null, NOTHING, null, null, null, null, result));
    }

    /// A line about the whole.
    void status(String text) {
        write(new ProgressMessage(null, text, null, null, null, null, null, null));
    }

    private void write(ProgressMessage message) {
        try {
            out.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
