package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.base.Internal;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulationTest {
    private static final Platform ARM = Platform.parse("linux/arm64");

    @TempDir private Path registered;

    private Emulation onAmd() {
        return new Emulation(Platform.parse("linux/amd64"), registered);
    }

    @Test
    void whatTheMachineRunsByItselfLacksNothing() {
        assertThat(onAmd().lack(Platform.parse("linux/amd64"))).isEmpty();
        assertThat(onAmd().lack(Platform.parse("linux/386"))).isEmpty();
        assertThat(onAmd().lack(ARM).orElseThrow())
                .contains("linux/arm64", "linux/amd64", "qemu-user-static", "$BUILDPLATFORM");
    }

    @Test
    void anEmulatorThatContainersSeeLacksNothing() throws IOException {
        Path entry = registered.resolve("qemu-aarch64");
        Files.writeString(entry, "enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: POCF\n");
        assertThat(onAmd().lack(ARM)).isEmpty();
        Files.writeString(entry, "enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: PC\n");
        assertThat(onAmd().lack(ARM).orElseThrow()).contains("without the flag F");
        Files.writeString(entry, "disabled\ninterpreter /usr/bin/qemu-aarch64\nflags: F\n");
        assertThat(onAmd().lack(ARM).orElseThrow()).contains("no emulator");
    }

    @Test
    void anEntryOfAnotherNameIsFoundByItsInterpreter() throws IOException {
        Files.writeString(registered.resolve("status"), "enabled\n");
        Files.writeString(
                registered.resolve("mine"),
                "enabled\ninterpreter /opt/qemu-aarch64-static\nflags: F\n");
        assertThat(onAmd().lack(ARM)).isEmpty();
    }

    @Test
    void otherFailuresStayWhatTheyAre() {
        NotFound other = new NotFound(new Subject("file", "x"), "no such file or directory");
        assertThat(Emulation.explained(other, ARM)).isSameAs(other);
        Platform foreign = Platform.parse("linux/s390x");
        assertThat(
                        Emulation.explained(
                                        new Internal("exec /bin/sh: exec format error"), foreign)
                                .text())
                .contains("exec format error: the image is for linux/s390x");
    }
}
