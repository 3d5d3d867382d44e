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

/// What the real buildx finds in the images that builds push and write: attestations, compressions,
/// names.
class BuildxImageIT {
    private static final String PROVENANCE = "{{json .Provenance.SLSA}}";

    private static Carafe carafe;
    private static DebianRegistry registry;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("buildximage");
        registry = new DebianRegistry(false);
        folder = Files.createDirectories(carafe.home().resolve("context"));
        Files.writeString(folder.resolve("s"), "hidden\n");
        Files.writeString(
                folder.resolve("Dockerfile"),
                """
                FROM busybox
                ARG V=1
                RUN --mount=type=secret,id=s wc -c </run/secrets/s >/n
                CMD ["cat", "/n"]
                """);
    }

    @AfterAll
    static void stop() {
        registry.close();
        carafe.close();
    }

    private static Command build(String... words) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "buildx",
                                "build",
                                "--progress=plain",
                                "--build-arg=V=two",
                                "--secret=id=s,src=" + folder.resolve("s")));
        all.addAll(List.of(words));
        all.add(folder.toString());
        return carafe.docker(all.toArray(new String[0]));
    }

    private static String inspect(String image, String format) {
        return carafe.docker("buildx", "imagetools", "inspect", image, "--format", format).ok();
    }

    private static String raw(String image) {
        return carafe.docker("buildx", "imagetools", "inspect", "--raw", image).ok();
    }

    @Test
    void provenanceIsPushedBesideTheImage() {
        String max = registry.host() + "/max:1";
        build("--push", "-t", max, "--provenance=mode=max").ok();
        assertThat(inspect(max, PROVENANCE))
                .contains("\"uri\": \"pkg:docker/busybox@latest?platform=linux%2F")
                .contains("\"build-arg:V\": \"two\"")
                .contains("\"id\": \"s\"")
                .contains("\"entryPoint\": \"Dockerfile\"")
                .contains("\"filename\": \"Dockerfile\"")
                .doesNotContain("hidden");
        assertThat(raw(max)).contains("\"vnd.docker.reference.type\":\"attestation-manifest\"");
        carafe.docker("rmi", max).ok();
        assertThat(carafe.docker("run", "--rm", max).ok()).isEqualTo("7");
        String min = registry.host() + "/min:1";
        build("--push", "-t", min, "--attest=type=provenance,mode=min,version=v1").ok();
        assertThat(inspect(min, PROVENANCE))
                .contains("\"resolvedDependencies\"")
                .contains("\"path\": \"Dockerfile\"")
                .doesNotContain("two");
    }

    @Test
    void provenanceGoesIntoArchivesAndIsLeftOutWhereItHasNoPlace() {
        Path tar = carafe.home().resolve("attested.tar");
        build("--output=type=oci,dest=" + tar, "--provenance=true").ok();
        assertThat(Command.shell("tar -xOf " + tar + " --wildcards 'blobs/sha256/*'").ok())
                .contains("https://in-toto.io/Statement/v0.1")
                .contains("https://slsa.dev/provenance/v0.2");
        Command stored = build("-t", "stored:1", "--provenance=true");
        stored.ok();
        assertThat(stored.err()).contains("The image store keeps no attestations");
        String plain = registry.host() + "/plain:1";
        build("--push", "-t", plain, "--provenance=false").ok();
        assertThat(raw(plain)).doesNotContain("attestation-manifest");
        assertThat(build("-t", "x", "--provenance=mode=most").err())
                .contains("invalid mode \"most\"");
    }

    @Test
    void layersArePackedAsAsked() {
        String name = registry.host() + "/packed:1";
        for (String form : List.of("zstd", "uncompressed", "gzip")) {
            build(
                            "--output=type=image,push=true,store=false,compression-level=3,"
                                    + "force-compression=true,oci-mediatypes=true,name="
                                    + name
                                    + ",compression="
                                    + form)
                    .ok();
            String end = form.equals("uncompressed") ? "tar\"" : "tar+" + form + "\"";
            assertThat(raw(name)).contains("application/vnd.oci.image.layer.v1." + end);
            assertThat(carafe.docker("image", "inspect", name).exit()).isEqualTo(1);
            assertThat(carafe.docker("run", "--rm", name).ok()).isEqualTo("7");
            carafe.docker("rmi", name).ok();
        }
        Path tar = carafe.home().resolve("zstd.tar");
        build("--output=type=oci,compression=zstd,name=zstd:1,dest=" + tar).ok();
        carafe.docker("load", "-i", tar.toString()).ok();
        assertThat(carafe.docker("run", "--rm", "zstd:1").ok()).isEqualTo("7");
        assertThat(build("--output=type=image,name=x,compression=estargz").err())
                .contains("compression=estargz is not supported: take gzip, zstd or uncompressed");
    }

    @Test
    void anImageMayBePushedWithoutATag() throws IOException {
        Path told = carafe.home().resolve("told.json");
        carafe.docker(
                        "buildx",
                        "create",
                        "--name=apart",
                        "--driver=remote",
                        "unix://" + carafe.socket())
                .ok();
        String name = registry.host() + "/untagged";
        build(
                        "--builder=apart",
                        "--metadata-file=" + told,
                        "--output=type=image,name="
                                + name
                                + ",push=true,push-by-digest=true,name-canonical=true")
                .ok();
        String digest =
                Files.readString(told)
                        .replaceAll("(?s).*\"containerimage.digest\": \"([^\"]*)\".*", "$1");
        assertThat(inspect(name + "@" + digest, "{{json .Manifest}}")).contains(digest);
        assertThat(carafe.docker("buildx", "imagetools", "inspect", name).exit()).isEqualTo(1);
        carafe.docker("buildx", "rm", "apart").ok();
    }

    @Test
    void historyKeepsWhatTheLastBuildsWereMadeOf() throws IOException {
        Path told = carafe.home().resolve("history.json");
        build("-t", "kept:1", "--metadata-file=" + told).ok();
        assertThat(Files.readString(told))
                .contains("\"buildx.build.provenance\"")
                .contains("\"uri\": \"pkg:docker/busybox@latest?platform=linux%2F");
        assertThat(carafe.docker("buildx", "history", "inspect").ok())
                .contains("pkg:docker/busybox@latest")
                .contains("https://slsa.dev/provenance/v0.2");
        assertThat(
                        carafe.docker(
                                        "buildx",
                                        "history",
                                        "inspect",
                                        "attachment",
                                        "--type=provenance")
                                .ok())
                .contains("\"build-arg:V\":\"two\"")
                .doesNotContain("hidden");
    }

    @Test
    void imagesInFoldersAreContexts() throws IOException {
        Path layout = carafe.home().resolve("layout");
        build("--output=type=oci,tar=false,dest=" + layout, "--provenance=true").ok();
        Path other = Files.createDirectories(carafe.home().resolve("other"));
        Files.writeString(
                other.resolve("Dockerfile"),
                """
                FROM base AS first
                RUN cat /n >/m
                FROM busybox
                COPY --from=first /m /
                COPY --from=base /n /
                CMD cat /m /n
                """);
        String before = carafe.docker("images", "-aq").ok();
        Command wrong =
                carafe.docker(
                        "buildx",
                        "build",
                        "--build-context=base=oci-layout://" + layout + "@sha256:" + "0".repeat(64),
                        other.toString());
        assertThat(wrong.err()).contains("blob not found: sha256:000");
        carafe.docker(
                        "buildx",
                        "build",
                        "-t",
                        "layered:1",
                        "--build-context=base=oci-layout://" + layout,
                        other.toString())
                .ok();
        assertThat(carafe.docker("run", "--rm", "layered:1").ok()).isEqualTo("7\n7");
        carafe.docker("rmi", "layered:1").ok();
        assertThat(carafe.docker("images", "-aq").ok()).isEqualTo(before);
    }

    @Test
    void optionsWithoutEffectAreTold() {
        Command built =
                build(
                        "--output=type=image,name=x,compresion=zstd,rewrite-timestamp=true",
                        "--sbom=generator=mine:1");
        built.ok();
        assertThat(built.err())
                .contains("No SBOM is made: scanners (mine:1) are not run here")
                .contains("The output option compresion is not known, and has no effect")
                .contains("rewrite-timestamp is specified, but no source-date-epoch was found");
    }
}
