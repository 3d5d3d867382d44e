package dev.carafe.daemon;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.images.HelloImage;
import dev.carafe.images.ImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// The image that comes with the distribution: `carafe/hello`.
final class Hello {
    private static final Logger LOG = System.getLogger(Hello.class.getName());

    private Hello() {}

    /// Brings it in when it is not there. A build without its program goes without.
    static void ensure(ImageStore images) {
        try (InputStream in = Hello.class.getResourceAsStream("hello")) {
            if (in == null) {
                LOG.log(
                        Level.WARNING,
                        "this build carries no program for the image " + HelloImage.NAME);
                return;
            }
            new HelloImage(images).ensure(in.readAllBytes());
        } catch (IOException e) {
            throw new Internal(
                    Subject.NONE, "can't read the program of " + HelloImage.NAME + ": " + e, e);
        }
    }
}
