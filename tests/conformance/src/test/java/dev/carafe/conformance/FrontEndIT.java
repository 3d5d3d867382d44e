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
        assertThat(build("FROM busybox\nCOPY none /\n").err()).contains("\"/none\": not found");
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
    void foldersAndCopiesHaveTheOwnersAndModesOfTheirInstructions() throws IOException {
        Path out = carafe.home().resolve("owners");
        build(
                        """
                        FROM busybox AS in
                        RUN mkdir -p /in/sub && echo x >/in/a && ln /in/a /in/sub/b && chmod 640 /in/a
                        FROM busybox AS out
                        RUN echo app:x:1000:1000::/:/bin/sh >>/etc/passwd
                        USER app
                        WORKDIR /home/new/deep
                        USER 2000
                        WORKDIR /numbers
                        USER nobody-knows
                        WORKDIR /rooted
                        USER 0
                        COPY --chmod=0750 foo /parent/foo
                        COPY --chmod=4711 foo /parent/sub/foo
                        COPY --chmod=u=rw,g=u,o= foo /symbols/foo
                        COPY --from=in --chmod=g=u /in /all
                        RUN stat -c '%n %u:%g %a' /home/new /home/new/deep /numbers /rooted /parent /parent/foo /parent/sub /parent/sub/foo /symbols /symbols/foo /all/a >/list && stat -c %h /all/a >>/list
                        FROM scratch
                        COPY --from=out /list /
                        """,
                        "--output", out.toString())
                .ok();
        assertThat(Files.readString(out.resolve("list")))
                .isEqualTo(
                        """
                        /home/new 1000:1000 755
                        /home/new/deep 1000:1000 755
                        /numbers 2000:2000 755
                        /rooted 0:0 755
                        /parent 0:0 750
                        /parent/foo 0:0 750
                        /parent/sub 0:0 711
                        /parent/sub/foo 0:0 4711
                        /symbols 0:0 755
                        /symbols/foo 0:0 660
                        /all/a 0:0 660
                        2
                        """);
    }

    @Test
    void theTimeOfAnArgumentBeforeTheFirstStageIsTheImages() throws IOException {
        String dockerfile =
                """
                ARG SOURCE_DATE_EPOCH=1700000000
                FROM busybox
                ARG SOURCE_DATE_EPOCH
                RUN [ "$SOURCE_DATE_EPOCH" = 1700000000 ]
                COPY foo /
                """;
        build(dockerfile, "-t", "epoch:1").ok();
        assertThat(carafe.docker("inspect", "-f", "{{.Created}}", "epoch:1").ok())
                .isEqualTo("2023-11-14T22:13:20Z");
        build(
                        dockerfile.replace("RUN [", "RUN #"),
                        "-t",
                        "epoch:2",
                        "--build-arg",
                        "SOURCE_DATE_EPOCH=1600000000")
                .ok();
        assertThat(carafe.docker("inspect", "-f", "{{.Created}}", "epoch:2").ok())
                .isEqualTo("2020-09-13T12:26:40Z");
    }

    @Test
    void configurationsAreWrittenAsBuildKitWritesThem() throws IOException {
        build("FROM scratch\nCOPY foo /\nENTRYPOINT []\nCMD []\n", "-t", "form:1").ok();
        assertThat(
                        carafe.docker(
                                        "inspect",
                                        "-f",
                                        "{{.Config.WorkingDir}} {{json .Config.Cmd}}",
                                        "form:1")
                                .ok())
                .isEqualTo("/ null");
    }

    @Test
    void ignoreFilesThatOnlyTakeInIgnoreNothing() throws IOException {
        Path ignore = carafe.home().resolve("context").resolve(".dockerignore");
        Files.createDirectories(ignore.getParent());
        Files.writeString(ignore, "!foo\n!**/*.md\n");
        try {
            String dockerfile =
                    "FROM busybox\nCOPY . /all/\nRUN [ -f /all/foo ] && ls /all/Dockerfile\n";
            build(dockerfile).ok();
            carafe.carafe("build", ignore.getParent().toString()).ok();
        } finally {
            Files.delete(ignore);
        }
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
