package dev.carafe.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Images made from Debian's packages, once a build, under `target/images`.
final class TestImages {
    private static final Path FOLDER = Path.of("target/images").toAbsolutePath();
    private static final Path SCRIPTS = Path.of("src/test/sh").toAbsolutePath();

    private TestImages() {}

    /// A docker-archive with `busybox:latest`.
    static Path busybox() {
        return made("busybox-image.sh", "busybox.tar");
    }

    /// A plain tar of a Debian root file system with apt, for `docker import`.
    static Path debianRoot() {
        return made("debian-rootfs.sh", "debian.tar");
    }

    private static synchronized Path made(String script, String name) {
        Path image = FOLDER.resolve(name);
        try {
            if (!Files.exists(image)) {
                Files.createDirectories(FOLDER);
                Command.run(List.of("sh", SCRIPTS.resolve(script).toString(), image.toString()))
                        .ok();
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
