package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What BuildKit's own tests of its Dockerfile front end expect, where the classic builder did
/// otherwise or nothing.
class FrontEndIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("frontend");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Command build(String dockerfile, String... words) throws IOException {
        Path folder = carafe.home().resolve("context");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("foo"), "contents0\n");
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        List<String> all = new ArrayList<>(List.of("buildx", "build", "--progress=plain"));
        all.addAll(List.of(words));
        all.add(folder.toString());
        return carafe.dockerWithInput(
                "".getBytes(StandardCharsets.UTF_8), all.toArray(new String[0]));
    }

    @Test
    void patternsMayFitNothing() throws IOException {
        build(
                        """
                        FROM busybox
                        COPY foo none* /
                        COPY none* /made/
                        COPY --parents none*/x /out/
                        RUN grep contents0 /foo && [ -d /made ] && [ -d /out ] && [ -z "$(ls -A /made /out | grep -v :)" ]
                        """)
                .ok();
        assertThat(build("FROM busybox\nCOPY none /\n").err())
                .contains("file not found in build context");
    }

    @Test
    void linksThatLeadNowhereBecomeFolders() throws IOException {
        build(
                        """
                        FROM busybox
                        RUN ln -s ../tmp/target /link
                        COPY foo /link/
                        RUN [ -f /tmp/target/foo ] && [ -L /link ]
                        """)
                .ok();
    }

    @Test
    void argumentsReachMountsNamesAndProxies() throws IOException {
        build(
                        """
                        FROM busybox
                        ARG KIND=cache
                        ARG PORTS="3000 4000/udp"
                        EXPOSE $PORTS
                        RUN --mount=type=$KIND,target=/c touch /c/foo
                        RUN --mount=type=cache,target=/c [ -f /c/foo ]
                        RUN [ $(hostname) = own ] && [ $HOSTNAME = own ] && grep -w own /etc/hosts
                        RUN [ $HTTP_PROXY = p ] && [ $http_proxy = p ]
                        """,
                        "-t",
                        "front:1",
                        "--build-arg",
                        "BUILDKIT_SANDBOX_HOSTNAME=own",
                        "--build-arg",
                        "http_proxy=p")
                .ok();
        assertThat(carafe.docker("inspect", "-f", "{{json .Config.ExposedPorts}}", "front:1").ok())
                .isEqualTo("{\"3000/tcp\":{},\"4000/udp\":{}}");
    }

    @Test
    void mistakesHaveTheirSentences() throws IOException {
        assertThat(build("FROM scratch\nCOPY --from=$FOO . .\n").err())
                .contains("variable expansion is not supported for --from, define a new stage");
        assertThat(
                        build("FROM scratch\nADD --checksum=sha256:" + "0".repeat(64) + " foo /\n")
                                .err())
                .contains("checksum requires HTTP(S) or Git sources");
        assertThat(build("FROM busybox AS build\n", "--target", "bulid").err())
                .contains("target stage \"bulid\" could not be found (did you mean build?)");
    }
}
