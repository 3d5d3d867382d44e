package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.command.BuildImageResultCallback;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds by docker-java, with all that its command knows.
class DockerJavaBuildIT {
    private static Carafe carafe;
    private static DockerClient client;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("djbuild");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        var config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost("unix://" + carafe.socket())
                        .build();
        client =
                DockerClientImpl.getInstance(
                        config,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(config.getDockerHost())
                                .build());
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            client.close();
        } finally {
            carafe.close();
        }
    }

    private static String built(BuildImageCmd command) {
        return command.exec(new BuildImageResultCallback()).awaitImageId(30, TimeUnit.SECONDS);
    }

    private BuildImageCmd command(Path dockerfile) {
        return client.buildImageCmd()
                .withBaseDirectory(folder.toFile())
                .withDockerfile(dockerfile.toFile())
                .withTarget("one")
                .withLabels(Map.of("l", "v w"))
                .withShmsize(32L << 20)
                .withExtraHosts(Set.of("named:10.1.2.3"))
                .withNetworkMode("none")
                .withMemory(64L << 20)
                .withCpushares("512")
                .withRemove(true)
                .withTags(Set.of("djava-a:1", "djava-b:2"));
    }

    @Test
    void allOptionsHaveTheirEffect() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("deep"));
        Files.writeString(deep.resolve("file"), "f");
        Path dockerfile =
                Files.writeString(
                        deep.resolve("other.dockerfile"),
                        """
                        FROM busybox AS one
                        RUN df -m /dev/shm | grep -q ' 32 ' && grep -q '10.1.2.3.*named' /etc/hosts
                        RUN test "$(ls /sys/class/net)" = lo && cat /proc/uptime >/once
                        COPY deep/file /
                        FROM one AS two
                        RUN false
                        """);
        String first = built(command(dockerfile));
        var image = client.inspectImageCmd("djava-a:1").exec();
        assertThat(image.getId()).contains(first);
        assertThat(image.getRepoTags()).contains("djava-b:2");
        assertThat(image.getConfig().getLabels()).containsEntry("l", "v w");
        assertThat(image.getRootFS().getLayers()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(built(command(dockerfile).withQuiet(true))).contains(first);
        String named = built(command(dockerfile).withCacheFrom(Set.of("djava-a:1")));
        assertThat(client.inspectImageCmd(named).exec().getRootFS().getLayers())
                .isEqualTo(image.getRootFS().getLayers());
        assertThat(built(command(dockerfile).withNoCache(true))).isNotEqualTo(first);
        assertThatThrownBy(() -> built(command(dockerfile).withTarget("two")))
                .hasMessageContaining("returned a non-zero code: 1");
        assertThatThrownBy(() -> built(command(dockerfile).withTarget("three")))
                .hasMessageContaining("three");
    }

    @Test
    void contextsComeAsArchivesAndFromAddresses() throws IOException {
        Files.writeString(folder.resolve("file"), "f");
        byte[] none = Command.shell("tar -C " + folder + " -czf - file").stdout();
        assertThatThrownBy(() -> built(archive(none)))
                .hasMessageContaining("Cannot locate specified Dockerfile: Dockerfile");
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY file /\n");
        byte[] tar = Command.shell("tar -C " + folder + " -czf - .").stdout();
        String sent = built(archive(tar));
        Files.write(folder.resolve("c.tar.gz"), tar);
        HttpServer files =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        folder.toRealPath(),
                        SimpleFileServer.OutputLevel.NONE);
        files.start();
        try {
            URI address =
                    URI.create("http://127.0.0.1:" + files.getAddress().getPort() + "/c.tar.gz");
            assertThat(built(client.buildImageCmd().withRemote(address))).isEqualTo(sent);
        } finally {
            files.stop(0);
        }
    }

    private static BuildImageCmd archive(byte[] tar) {
        return client.buildImageCmd().withTarInputStream(new ByteArrayInputStream(tar));
    }
}
