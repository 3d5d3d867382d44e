package dev.carafe.build.solve;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether this machine can run programs of other architectures: by itself, or by an interpreter
/// that was registered with the kernel (Documentation/admin-guide/binfmt-misc.rst).
final class Emulation {
    private static final String WRONG_FORMAT = "exec format error";
    private static final Path REGISTERED = Path.of("/proc/sys/fs/binfmt_misc");

    /// The names that qemu's packages register under, by Go's architectures.
    private static final Map<String, String> QEMU =
            Map.of(
                    "amd64", "x86_64",
                    "386", "i386",
                    "arm64", "aarch64",
                    "arm", "arm",
                    "riscv64", "riscv64",
                    "ppc64le", "ppc64le",
                    "s390x", "s390x",
                    "mips64le", "mips64el",
                    "loong64", "loongarch64");

    private final Platform host;
    private final Path registered;

    Emulation() {
        this(Platform.host(), REGISTERED);
    }

    Emulation(Platform host, Path registered) {
        this.host = host;
        this.registered = registered;
    }

    /// The failure to start a command, with the reason where that is another machine's program.
    ///
    /// @param platform of the image
    static CarafeException explained(CarafeException failure, Platform platform) {
        return failure.text().contains(WRONG_FORMAT)
                ? new Emulation()
                        .lack(platform)
                        .map(why ->
                                (CarafeException)
                                        new InvalidArgument(
                                                Subject.NONE, failure.text() + ": " + why, failure))
                        .orElse(failure)
                : failure;
    }

    /// What is missing to run commands for the platform; empty for nothing.
    Optional<String> lack(Platform platform) {
        String architecture = platform.architecture();
        if (architecture.isEmpty() || runsNatively(architecture)) {
            return Optional.empty();
        }
        String name = "qemu-" + QEMU.getOrDefault(architecture, architecture);
        String entry = entry(name);
        if (entry.isEmpty()) {
            return Optional.of(
                    "the image is for %s, this machine is %s, and no emulator is registered"
                                    .formatted(platform, host)
                            + " (binfmt_misc): install qemu-user-static, or build in a stage FROM"
                            + " --platform=$BUILDPLATFORM and copy what it made");
        }
        if (entry.lines().noneMatch(line -> line.matches("flags: .*F.*"))) {
            return Optional.of(
                    "the emulator "
                            + name
                            + " is registered without the flag F, so that containers can't see it:"
                            + " register it with --persistent");
        }
        return Optional.empty();
    }

    private boolean runsNatively(String architecture) {
        return architecture.equals(host.architecture())
                || host.architecture().equals("amd64") && architecture.equals("386");
    }

    /// The enabled entry of that name, or of an interpreter with that name; empty for none.
    private String entry(String name) {
        if (!Files.isDirectory(registered)) {
            return "";
        }
        try (Stream<Path> files = Files.list(registered)) {
            List<Path> all = files.filter(f -> !isControl(f)).sorted().toList();
            for (Path file : all) {
                String text = Files.readString(file);
                boolean fits =
                        String.valueOf(file.getFileName()).equals(name)
                                || text.lines()
                                        .anyMatch(line ->
                                                line.matches(
                                                        "interpreter .*/" + name + "(-static)?"));
                if (fits && text.startsWith("enabled")) {
                    return text;
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isControl(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("register") || name.equals("status");
    }
}
