package dev.carafe.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carafe.testkit.TinyTar;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real docker command line and skopeo on images.
class DockerImagesIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("images");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @Test
    void listTagAndRemove() {
        assertThat(carafe.docker("images", "--format", "{{.Repository}}:{{.Tag}}").ok())
                .contains("busybox:latest");
        carafe.docker("tag", "busybox", "reg.example/team/box:1").ok();
        assertThat(
                        carafe.docker(
                                        "image",
                                        "inspect",
                                        "-f",
                                        "{{join .RepoTags \" \"}}",
                                        "busybox")
                                .ok())
                .contains("reg.example/team/box:1");
        assertThat(carafe.docker("rmi", "reg.example/team/box:1").ok())
                .isEqualTo("Untagged: reg.example/team/box:1");
        assertThat(carafe.docker("history", "--format", "{{.CreatedBy}}", "busybox").ok())
                .isEqualTo("busybox-static");
    }

    /// By the API: only new docker clients know the flag.
    @Test
    void aPlatformMustBeTheImages() {
        String own =
                carafe.docker("image", "inspect", "-f", "{{.Os}}/{{.Architecture}}", "busybox")
                        .ok();
        for (String path : List.of("json", "history", "get")) {
            String asked = "/images/busybox/" + path + "?platform=";
            assertThat(status(asked + platform(own.substring(own.indexOf('/') + 1))))
                    .isEqualTo("200");
            assertThat(status(asked + platform("s390x"))).isEqualTo("404");
            assertThat(carafe.api(asked + platform("s390x")).ok())
                    .contains(
                            "image with reference busybox was found but its platform ("
                                    + own
                                    + ") does not match the specified platform (linux/s390x)");
        }
    }

    private static String platform(String architecture) {
        return "%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22" + architecture + "%22%7D";
    }

    private static String status(String path) {
        return carafe.api(path, "-o", "/dev/null", "-w", "%{http_code}").ok();
    }

    @Test
    void anImageInUseStays() {
        carafe.docker("create", "--name", "user", "busybox").ok();
        Command rmi = carafe.docker("rmi", "busybox");
        assertThat(rmi.exit()).isEqualTo(1);
        assertThat(rmi.err())
                .contains(
                        "conflict: unable to remove repository reference \"busybox\" (must force)");
        carafe.docker("rm", "user").ok();
    }

    @Test
    void savedImagesComeBackUnderTheSameId() {
        Path tar = carafe.home().resolve("saved.tar");
        String id = carafe.docker("image", "inspect", "-f", "{{.Id}}", "busybox").ok();
        carafe.docker("tag", "busybox", "copy:1").ok();
        carafe.docker("save", "-o", tar.toString(), "copy:1").ok();
        carafe.docker("rmi", "copy:1").ok();
        for (String form : new String[] {"cat", "gzip -c", "zstd -q -c", "xz -c"}) {
            Command.shell(form + " " + tar + " >" + tar + ".z").ok();
            assertThat(carafe.docker("load", "-q", "-i", tar + ".z").ok())
                    .as(form)
                    .isEqualTo("Loaded image: copy:1");
            assertThat(carafe.docker("image", "inspect", "-f", "{{.Id}}", "copy:1").ok())
                    .isEqualTo(id);
            carafe.docker("rmi", "copy:1").ok();
        }
    }

    @Test
    void skopeoReadsWhatWeSaveAndWeReadWhatSkopeoWrites() {
        Path tar = carafe.home().resolve("forskopeo.tar");
        Path oci = carafe.home().resolve("oci.tar");
        carafe.docker("save", "-o", tar.toString(), "busybox").ok();
        assertThat(Command.shell("skopeo inspect --config docker-archive:" + tar).ok())
                .contains("busybox-static");
        Command.shell(
                        "skopeo copy -q docker-archive:"
                                + tar
                                + " oci-archive:"
                                + oci
                                + ":fromskopeo:2")
                .ok();
        assertThat(carafe.docker("load", "-i", oci.toString()).ok()).contains("Loaded image");
        assertThat(carafe.docker("images", "-q").ok()).isNotEmpty();
    }

    @Test
    void exportAndImport() {
        Path tar = carafe.home().resolve("export.tar");
        carafe.docker("run", "--name", "exp", "busybox", "sh", "-c", "echo kept >/kept").ok();
        carafe.docker("export", "-o", tar.toString(), "exp").ok();
        carafe.docker("rm", "exp").ok();
        carafe.docker(
                        "import",
                        "-c",
                        "CMD [\"cat\",\"/kept\"]",
                        "-m",
                        "made by a test",
                        tar.toString(),
                        "imported:1")
                .ok();
        assertThat(carafe.docker("run", "--rm", "imported:1").ok()).isEqualTo("kept");
        carafe.docker("rmi", "imported:1").ok();
    }

    @Test
    void theDaemonFetchesWhatItImports() throws IOException {
        byte[] tar = new TinyTar().file("kept", "kept").bytes();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                x -> {
                    boolean there = x.getRequestURI().getPath().equals("/root.tar");
                    x.sendResponseHeaders(there ? 200 : 404, 0);
                    try (OutputStream out = x.getResponseBody()) {
                        out.write(there ? tar : "no such root".getBytes(UTF_8));
                    }
                });
        server.start();
        try {
            String address = "127.0.0.1:" + server.getAddress().getPort();
            String root = "http://" + address + "/root.tar";
            assertThat(carafe.docker("import", root, "fetched:1").ok())
                    .startsWith("Downloading from " + root)
                    .contains("\nsha256:");
            assertThat(
                            carafe.docker(
                                            "image",
                                            "inspect",
                                            "-f",
                                            "{{.Comment}} {{len .RootFS.Layers}} {{.Size}}",
                                            "fetched:1")
                                    .ok())
                    .isEqualTo("Imported from " + root + " 1 4");
            assertThat(carafe.carafe("import", "http://" + address + "/x").err())
                    .contains("/x with status 404 Not Found: no such root");
            carafe.docker("rmi", "fetched:1").ok();
        } finally {
            server.stop(0);
        }
        assertThat(carafe.docker("import", "--platform", "macos", "-").err())
                .isEqualTo("Error response from daemon: operating system is not supported\n");
    }

    @Test
    void aHostileArchiveIsRefusedAndLeavesNothing() {
        // what other tests removed goes away in the background
        Command.shell(
                        "i=0; while [ \"$(ls "
                                + carafe.home()
                                + "/data/snapshots/tmp)\" ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i+1)); done")
                .ok();
        String before = Command.shell("find " + carafe.home() + "/data | sort").ok();
        Path tar = carafe.home().resolve("evil.tar");
        Command.shell(
                        "cd "
                                + carafe.home()
                                + " && rm -rf ev && mkdir ev && cd ev && echo x >f && tar -cf layer.tar --transform='s#f#../../evil#' -P f"
                                + " && d=$(sha256sum layer.tar | cut -d' ' -f1)"
                                + " && printf '{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]}}' $d >config.json"
                                + " && printf '[{\"Config\":\"config.json\",\"RepoTags\":[\"evil:1\"],\"Layers\":[\"layer.tar\"]}]' >manifest.json"
                                + " && tar -cf "
                                + tar
                                + " manifest.json config.json layer.tar")
                .ok();
        Command load = carafe.docker("load", "-i", tar.toString());
        assertThat(load.exit()).isNotZero();
        assertThat(load.err() + load.out()).contains("../../evil");
        assertThat(carafe.docker("images", "-q", "evil").ok()).isEmpty();
        assertThat(Command.shell("find " + carafe.home() + "/data | sort").ok()).isEqualTo(before);
        assertThat(carafe.home().resolve("evil")).doesNotExist();
    }
}
