package dev.carafe.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A root file system with nothing but busybox.
final class BusyboxRoot {
    private static final List<String> COMMANDS =
            List.of(
                    ("sh echo cat ls sleep true false id mount ps stty hostname readlink env grep touch test umask ip kill tty"
                                    + " head dd tail wc chmod mkdir stat od sed mknod ln rm printf pwd sync ulimit")
                            .split(" "));

    private BusyboxRoot() {}

    static void make(Path root) {
        Path busybox = find();
        try {
            for (String each : List.of("bin", "etc", "proc", "sys", "dev", "tmp", "root", "home")) {
                Files.createDirectories(root.resolve(each));
            }
            Files.setPosixFilePermissions(
                    root.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.copy(busybox, root.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
            for (String each : COMMANDS) {
                Files.createSymbolicLink(root.resolve("bin").resolve(each), Path.of("busybox"));
            }
            Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path find() {
        for (String each : List.of("/bin/busybox", "/usr/bin/busybox")) {
            Path path = Path.of(each);
            if (Files.isExecutable(path) && isStatic(path)) {
                return path;
            }
        }
        throw new AssertionError(
                "these tests need a static busybox: apt-get install busybox-static");
    }

    private static boolean isStatic(Path path) {
        try {
            // a dynamic one names its loader in the first page
            byte[] head = Files.readAllBytes(path);
            return !new String(head, 0, Math.min(head.length, 4096), StandardCharsets.ISO_8859_1)
                    .contains("/ld-");
        } catch (IOException e) {
            return false;
        }
    }
}
