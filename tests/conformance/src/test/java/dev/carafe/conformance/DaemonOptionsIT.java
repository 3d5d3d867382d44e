package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the daemon's options do to containers, and its signals.
class DaemonOptionsIT {
    @Test
    void theDefaultProfileIsTheOneThatWasGivenAndHangUpIsTold(@TempDir Path folder)
            throws Exception {
        Path profile =
                Files.writeString(
                        folder.resolve("profile.json"),
                        "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                                + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":13}]}");
        String[] options = {"--seccomp-profile", profile.toString(), "--feature", "buildkit=false"};
        try (Carafe carafe = Carafe.startWith("dopts", options)) {
            assertThat(Command.run(carafe.curl("/_ping", "-i")).out())
                    .containsIgnoringCase("builder-version: 1\r\n");
            String[] mkdir = {"run", "--rm", "busybox", "mkdir", "/x"};
            assertThat(carafe.docker(mkdir).err()).contains("Permission denied");
            assertThat(
                            carafe.docker(
                                            "run",
                                            "--rm",
                                            "--security-opt",
                                            "seccomp=builtin",
                                            "busybox",
                                            "mkdir",
                                            "/x")
                                    .exit())
                    .isZero();
            Command.shell("kill -HUP " + carafe.pid()).ok();
            assertThat(toldOfTheDaemon(carafe)).isEqualTo("reload false");
        }
    }

    private static String toldOfTheDaemon(Carafe carafe) throws InterruptedException {
        String told = "";
        for (int i = 0; i < 300 && told.isEmpty(); i++) {
            told =
                    carafe.docker(
                                    "events",
                                    "--since",
                                    "1",
                                    "--until",
                                    Long.toString(System.currentTimeMillis() / 1000 + 1),
                                    "--filter",
                                    "type=daemon",
                                    "--format",
                                    "{{.Action}} {{.Actor.Attributes.debug}}")
                            .ok();
            Thread.sleep(50);
        }
        return told;
    }
}
