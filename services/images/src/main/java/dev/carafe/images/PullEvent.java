package dev.carafe.images;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// One pull in a flight recording. Costs nothing while nobody records.
@Name("carafe.ImagePull")
@Label("Image Pull")
@Category("Carafe")
@Description("A pull of an image from a registry, to its end")
@StackTrace(false)
final class PullEvent extends Event {
    @Label("Image")
    final String image;

    @Label("Digest")
    @Description("Of the manifest; null when the pull failed")
    @Nullable String digest;

    PullEvent(String image) {
        this.image = image;
        begin();
    }
}
