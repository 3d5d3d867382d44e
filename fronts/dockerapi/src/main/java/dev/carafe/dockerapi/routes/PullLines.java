package dev.carafe.dockerapi.routes;

import dev.carafe.dockermodel.ProgressDetail;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.images.PullProgress;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A pull in docker's words, which clients match.
final class PullLines implements PullProgress {
    private static final ProgressDetail NOTHING = new ProgressDetail(null, null);

    private final Progress out;

    PullLines(Progress out) {
        this.out = out;
    }

    @Override
    public void found(ImageReference image) {
        Digest digest = image.digest();
        line(
                digest == null ? image.tag() : digest.toString(),
                "Pulling from " + image.path(),
                null);
    }

    @Override
    public void layer(Digest layer, Step step, long current, long total) {
        String text =
                switch (step) {
                    case EXISTS -> "Already exists";
                    case WAITING -> "Pulling fs layer";
                    case DOWNLOADING -> "Downloading";
                    case VERIFYING -> "Verifying Checksum";
                    case DOWNLOADED -> "Download complete";
                    case EXTRACTING -> "Extracting";
                    case COMPLETE -> "Pull complete";
                };
        boolean measured = step == Step.DOWNLOADING || step == Step.EXTRACTING;
        line(layer.shortHex(), text, measured ? new ProgressDetail(current, total) : NOTHING);
    }

    /// A line about the whole.
    void status(String text) {
        line(null, text, null);
    }

    private void line(@Nullable String id, String status, @Nullable ProgressDetail detail) {
        try {
            out.write(new ProgressMessage(null, status, detail, null, id, null, null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
