package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real dockerd (Debian's, unpacked and not installed) and two of our engines on one host, which
/// is made of namespaces of its own.
class BesideDockerIT {
    @TempDir Path folder;

    @Test
    void enginesOnOneHostDoNotDisturbEachOther() {
        Command.shell(
                        "cd "
                                + folder
                                + " && apt-get -qq -o APT::Sandbox::User=root download docker.io containerd runc >&2"
                                + " && for package in *.deb; do dpkg -x $package docker; done")
                .ok();
        Command told =
                Command.shell(
                        "unshare -n -m -p -f --kill-child --mount-proc --propagation private sh "
                                + Path.of("src/test/sh/beside-docker.sh").toAbsolutePath()
                                + " "
                                + Carafe.PROGRAM
                                + " "
                                + TestImages.busybox()
                                + " "
                                + folder);
        assertThat(told.out())
                .as("%s", told.err())
                .isEqualTo(
                        """
                        started: one two docker
                        subnets used twice:
                        pruned: one two docker
                        one ended: one two docker
                        two killed: one two docker
                        both again: one two docker
                        rules of docker: as before
                        one gone: - two docker
                        docker ended: one two -
                        docker again: one two docker
                        devices left:
                        """);
    }
}
