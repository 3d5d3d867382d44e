package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Build caches that leave the host and come back, with the real buildx.
class BuildxCacheIT {
    private static final String IMAGE = "cached:1";

    private static Carafe carafe;
    private static DebianRegistry registry;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("buildxcache");
        registry = new DebianRegistry(false);
        folder = Files.createDirectories(carafe.home().resolve("context"));
        Files.writeString(folder.resolve("f"), "f\n");
        Files.writeString(
                folder.resolve("Dockerfile"),
                """
                FROM busybox AS other
                RUN echo other >/o
                FROM busybox
                ENV E=1
                COPY f /f
                RUN echo ran >/r
                COPY --from=other /o /o
                CMD ["cat", "/f", "/r", "/o"]
                """);
    }

    @AfterAll
    static void stop() {
        registry.close();
        carafe.close();
    }

    private static Command build(String... words) {
        List<String> all = new ArrayList<>(List.of("buildx", "build", "--progress=plain"));
        all.addAll(List.of(words));
        all.add(folder.toString());
        return carafe.docker(all.toArray(new String[0]));
    }

    /// Removes all that a build could be taken from on this host.
    private static void forget() {
        carafe.docker("rmi", "-f", IMAGE);
        carafe.docker("image", "prune", "-f").ok();
        carafe.docker("buildx", "prune", "-af").ok();
    }

    private static String id() {
        return carafe.docker("image", "inspect", "-f", "{{.Id}}", IMAGE).ok();
    }

    /// The lines of the plain display that follow a step's name.
    private static boolean cached(Command build, String step) {
        String number =
                build.err()
                        .lines()
                        .filter(line -> line.endsWith(step))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(build.err()))
                        .split(" ")[0];
        return build.err().lines().anyMatch((number + " CACHED")::equals);
    }

    @Test
    void aCacheInARegistryHasEveryStepOfEveryStage() {
        for (String form : List.of("", ",image-manifest=false")) {
            String name = registry.host() + "/cache:1";
            forget();
            Command first =
                    build("-t", IMAGE, "--cache-to=type=registry,mode=max,ref=" + name + form);
            first.ok();
            String id = id();
            forget();
            Command second = build("-t", IMAGE, "--cache-from=type=registry,ref=" + name);
            second.ok();
            assertThat(cached(second, "RUN echo other >/o")).isTrue();
            assertThat(cached(second, "RUN echo ran >/r")).isTrue();
            assertThat(cached(second, "COPY --from=other /o /o")).isTrue();
            assertThat(id()).isEqualTo(id);
            assertThat(carafe.docker("run", "--rm", IMAGE).ok()).isEqualTo("f\nran\nother");
        }
    }

    private static Command own(String... words) {
        List<String> all = new ArrayList<>(List.of("build", "--progress=plain"));
        all.addAll(List.of(words));
        all.add(folder.toString());
        return carafe.carafe(all.toArray(new String[0]));
    }

    @Test
    void ourOwnBuildsHaveTheSameCaches() {
        String name = registry.host() + "/own:1";
        String inline = registry.host() + "/own-inline:1";
        forget();
        assertThat(own("-t", IMAGE, "--cache-to=type=registry,mode=max,ref=" + name).said())
                .contains("exporting cache to registry");
        String id = id();
        forget();
        Command second = own("-t", IMAGE, "--cache-from=type=registry,ref=" + name);
        second.ok();
        assertThat(cached(second, "RUN echo other >/o")).isTrue();
        assertThat(cached(second, "COPY --from=other /o /o")).isTrue();
        assertThat(id()).isEqualTo(id);
        own("-t", inline, "--push", "--cache-to=type=inline").ok();
        forget();
        carafe.docker("rmi", inline);
        Command third = build("-t", IMAGE, "--cache-from=" + inline);
        third.ok();
        assertThat(cached(third, "RUN echo ran >/r")).isTrue();
        assertThat(own("-t", IMAGE, "--cache-from=" + registry.host() + "/none:1").said())
                .contains("importing cache manifest from " + registry.host() + "/none:1");
    }

    @Test
    void aCacheInAFolderOrAnImageHasTheStepsOfTheImage() {
        String dir = carafe.home().resolve("cache").toString();
        String inline = registry.host() + "/inline:1";
        forget();
        build("-t", IMAGE, "--cache-to=type=local,dest=" + dir).ok();
        build("-t", inline, "--push", "--cache-to=type=inline").ok();
        for (String from : List.of("type=local,src=" + dir, inline)) {
            forget();
            carafe.docker("rmi", inline);
            Command built = build("-t", IMAGE, "--cache-from=" + from);
            built.ok();
            assertThat(cached(built, "RUN echo ran >/r")).isTrue();
            assertThat(cached(built, "COPY f /f")).isTrue();
            assertThat(cached(built, "RUN echo other >/o")).isFalse();
            assertThat(carafe.docker("run", "--rm", IMAGE).ok()).isEqualTo("f\nran\nother");
        }
    }

    @Test
    void clientsThatKnowBuildKitOnlyAreServedOnTheSameSocket() {
        String out = carafe.home().resolve("remote").toString();
        carafe.docker(
                        "buildx",
                        "create",
                        "--name=far",
                        "--driver=remote",
                        "unix://" + carafe.socket())
                .ok();
        assertThat(carafe.docker("buildx", "inspect", "far").ok()).contains("running");
        build("--builder=far", "--output=type=local,dest=" + out).ok();
        assertThat(Command.shell("cat " + out + "/f " + out + "/r " + out + "/o").ok())
                .isEqualTo("f\nran\nother");
        build("--builder=far", "--output=type=oci,tar=false,dest=" + out + "-oci").ok();
        assertThat(Command.shell("skopeo inspect oci:" + out + "-oci:latest").ok())
                .contains("\"Layers\"");
        carafe.docker("buildx", "rm", "far").ok();
    }

    @Test
    void severalPlatformsArePushedUnderOneName() throws IOException {
        Path plain = Files.createDirectories(carafe.home().resolve("plain"));
        Files.writeString(
                plain.resolve("Dockerfile"), "FROM scratch\nARG TARGETARCH\nENV A=$TARGETARCH\n");
        String name = registry.host() + "/several:1";
        carafe.docker(
                        "buildx",
                        "build",
                        "--platform=linux/amd64,linux/arm64",
                        "--push",
                        "-t",
                        name,
                        plain.toString())
                .ok();
        assertThat(carafe.docker("buildx", "imagetools", "inspect", name).ok())
                .contains("application/vnd.oci.image.index.v1+json")
                .containsPattern("Platform: +linux/amd64")
                .containsPattern("Platform: +linux/arm64");
    }

    @Test
    void annotationsAreWhereTheyAreAskedFor() throws IOException {
        Path plain = Files.createDirectories(carafe.home().resolve("annotated"));
        Files.writeString(plain.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        String one = registry.host() + "/annotated:1";
        buildx(plain, "--push", "-t", one, "--annotation=org.test.one=yes").ok();
        assertThat(carafe.docker("buildx", "imagetools", "inspect", "--raw", one).ok())
                .contains("\"org.test.one\":\"yes\"")
                .contains("application/vnd.oci.image.manifest.v1+json")
                .contains("application/vnd.oci.image.layer.v1.tar+gzip")
                .doesNotContain("docker");
        String all = registry.host() + "/annotated:all";
        buildx(
                        plain,
                        "--push",
                        "-t",
                        all,
                        "--platform=linux/amd64,linux/arm64",
                        "--annotation=index:org.test.all=yes",
                        "--annotation=manifest-descriptor[linux/arm64]:org.test.arm=yes")
                .ok();
        assertThat(carafe.docker("buildx", "imagetools", "inspect", "--raw", all).ok())
                .contains("\"org.test.all\":\"yes\"")
                .containsOnlyOnce("\"org.test.arm\":\"yes\"");
        assertThat(buildx(plain, "--push", "-t", one, "--annotation=index:a=b").err())
                .contains("index annotations not supported for single platform export");
        assertThat(buildx(plain, "--output=type=oci,dest=/dev/null,compression=estargz").err())
                .contains("compression=estargz is not supported");
    }

    private static Command buildx(Path context, String... words) {
        List<String> all = new ArrayList<>(List.of("buildx", "build", "--progress=plain"));
        all.addAll(List.of(words));
        all.add(context.toString());
        return carafe.docker(all.toArray(new String[0]));
    }

    @Test
    void aCacheThatIsNotThereIsToldAndLeftOut() {
        String none = registry.host() + "/none:1";
        Command built = build("-t", IMAGE, "--cache-from=" + none);
        built.ok();
        assertThat(built.err())
                .contains("importing cache manifest from " + none)
                .contains("ERROR: manifest for " + none + " not found");
        String wrong = "type=registry,ref=127.0.0.1:1/none:1";
        assertThat(build("--cache-to=" + wrong).exit()).isEqualTo(1);
        build("--cache-to=" + wrong + ",ignore-error=true").ok();
    }
}
