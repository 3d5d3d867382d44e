package dev.carafe.engine.spec;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.linux.Architecture;
import dev.carafe.oci.runtime.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// docker-init, the first process of a container with `--init`: it passes signals on and reaps what
/// nobody waits for. Its source is init.c.
public final class InitProgram {
    private static final String INSIDE = "/sbin/docker-init";

    private InitProgram() {}

    /// Puts the program into a file of that folder. Containers have it as a mount: a file with the
    /// same bytes is left as it is.
    ///
    /// @return the file
    public static Path install(Path folder) {
        Path file = folder.resolve("docker-init");
        byte[] program = program();
        try {
            if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), program)) {
                return file;
            }
            Files.createDirectories(folder);
            Path fresh = folder.resolve("docker-init.new");
            Files.write(fresh, program);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r-xr-xr-x"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] program() {
        String name = "init-" + Architecture.current().name().toLowerCase(Locale.ROOT);
        try (InputStream in = InitProgram.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new Unavailable(
                        "this build of Carafe has no docker-init for " + Architecture.current());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "read docker-init: " + e.getMessage(), e);
        }
    }

    /// Only a container with process ids of its own has a first process.
    static boolean isWanted(HostConfig host, HostFacts facts) {
        boolean asked = host.init() != null ? host.init() : facts.defaults().init();
        return asked && host.namespaces().pid().isEmpty();
    }

    static List<String> before(List<String> words) {
        List<String> all = new ArrayList<>(List.of(INSIDE, "--"));
        all.addAll(words);
        return all;
    }

    static Mount mount(Path program) {
        return new Mount(INSIDE, "bind", program.toString(), List.of("bind", "rprivate", "ro"));
    }
}
