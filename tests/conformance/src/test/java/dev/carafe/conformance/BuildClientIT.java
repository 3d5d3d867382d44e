package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What builds get of their client: accounts at registries, secrets, ssh agents.
class BuildClientIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("bclient");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Path context(String name, String dockerfile) throws IOException {
        Path folder = carafe.home().resolve("contexts").resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        return folder;
    }

    @Test
    void privateBasesArePulledWithTheClientsAccounts() throws IOException {
        try (DebianRegistry guarded = new DebianRegistry(true)) {
            String base = guarded.host() + "/private/base:1";
            carafe.docker("tag", "busybox", base).ok();
            carafe.docker(
                            "login",
                            "-u",
                            DebianRegistry.USER,
                            "-p",
                            DebianRegistry.PASSWORD,
                            guarded.host())
                    .ok();
            carafe.docker("push", "-q", base).ok();
            carafe.docker("rmi", base).ok();
            String folder =
                    context(
                                    "private",
                                    "FROM "
                                            + base
                                            + " AS a\nFROM "
                                            + base
                                            + "\nCOPY --from=a /etc/group /g\n")
                            .toString();
            assertThat(carafe.classic("build", "-q", folder).ok()).startsWith("sha256:");
            carafe.docker("rmi", base).ok();
            assertThat(carafe.carafe("build", "-q", "--pull", folder).ok()).startsWith("sha256:");
            carafe.docker("logout", guarded.host()).ok();
            Command refused = carafe.carafe("build", "--pull", folder);
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("no basic auth credentials");
        }
    }

    @Test
    void secretsAreSeenByTheirStepAndNowhereElse() throws IOException {
        Path folder =
                context(
                        "secrets",
                        """
                        FROM busybox
                        RUN --mount=type=secret,id=file,required wc -c </run/secrets/file >/size; ls -l /run/secrets/file >/ls
                        RUN --mount=type=secret,id=var,env=TOKEN echo -n ${#TOKEN} >/length; ! ls /run/secrets
                        RUN --mount=type=secret,id=file,target=/etc/token,mode=0440,uid=82 ls -ln /etc/token >/ls2
                        RUN --mount=type=secret,id=absent ! ls /run/secrets/absent; ! ls /etc/token
                        """);
        Path secret = Files.writeString(carafe.home().resolve("secret"), "xyzzy-secret-of-a-file");
        Command built =
                carafe.carafe(
                        "build",
                        "-t",
                        "secrets:1",
                        "--secret",
                        "id=file,src=" + secret,
                        "--secret",
                        "id=var,env=PATH",
                        folder.toString());
        built.ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--network",
                                        "none",
                                        "secrets:1",
                                        "sh",
                                        "-c",
                                        "cat /size /length; grep -o '^-r[-rwx]*' /ls; awk '{print $1, $3, $4}' /ls2; ls /etc/token; ls -A /run/secrets")
                                .out())
                .isEqualTo("22\n" + carafe.path().length() + "-r--------\n-r--r----- 82 0\n");
        assertThat(
                        Command.shell(
                                        "grep -rl xyzzy-secret "
                                                + carafe.home().resolve("data")
                                                + " "
                                                + carafe.home().resolve("exec")
                                                + " "
                                                + carafe.home().resolve("daemon.log")
                                                + " /dev/shm")
                                .out())
                .isEmpty();
        Files.writeString(secret, "another");
        assertThat(
                        carafe.carafe(
                                        "build",
                                        "--secret",
                                        "id=file,src=" + secret,
                                        folder.toString())
                                .said())
                .contains("CACHED")
                .doesNotContain("#3 DONE");
    }

    @Test
    void aMissingSecretIsToldWhereItIsRequired() throws IOException {
        Path folder =
                context(
                        "required",
                        "FROM busybox\nRUN --mount=type=secret,id=none,required true\n");
        Command refused = carafe.carafe("build", folder.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("secret none: not found");
    }

    @Test
    void anAgentIsASocketInItsStep() throws IOException {
        Path agent = carafe.home().resolve("agent");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(agent));
            Path folder =
                    context(
                            "ssh",
                            "FROM busybox\nRUN --mount=type=ssh,required,uid=82 test -S $SSH_AUTH_SOCK && ls -ln $SSH_AUTH_SOCK >/ls\n");
            carafe.carafe("build", "-t", "ssh:1", "--ssh", "default=" + agent, folder.toString())
                    .ok();
            assertThat(
                            carafe.docker("run", "--rm", "--network", "none", "ssh:1", "cat", "/ls")
                                    .ok())
                    .startsWith("srw-------    1 82 ")
                    .endsWith("/run/buildkit/ssh_agent.0");
            Command refused = carafe.carafe("build", "--no-cache", folder.toString());
            assertThat(refused.err()).contains("no SSH key \"default\" forwarded from the client");
        }
    }
}
