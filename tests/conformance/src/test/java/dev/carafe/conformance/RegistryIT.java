package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Images that go to and come from the reference registry, open and guarded, by docker's command
/// line, ours and skopeo.
class RegistryIT {
    private static Carafe carafe;
    private static DebianRegistry open;
    private static DebianRegistry guarded;

    /// Keeps what it is given in files of a folder.
    private static final String HELPER =
            """
            #!/bin/sh
            file() { echo "%s/$(echo "$1" | tr -c 'A-Za-z0-9\n' _)"; }
            told=$(cat)
            case $1 in
            store) echo "$told" > "$(file "$(echo "$told" | sed 's/.*"ServerURL": *"\\([^"]*\\)".*/\\1/')")";;
            get) cat "$(file "$told")" 2>/dev/null || { echo 'credentials not found in native keychain'; exit 1; };;
            erase) rm -f "$(file "$told")";;
            list) echo '{}';;
            esac
            """;

    /// Both command lines keep the same promises.
    enum Client {
        DOCKER,
        CARAFE;

        Command run(String... words) {
            return this == DOCKER ? carafe.docker(words) : carafe.carafe(words);
        }

        String image(DebianRegistry registry, String name) {
            return registry.host() + "/" + name().toLowerCase(Locale.ROOT) + "/" + name;
        }
    }

    @BeforeAll
    static void start() {
        open = new DebianRegistry(false);
        guarded = new DebianRegistry(true);
        carafe = Carafe.start("registry");
    }

    @AfterAll
    static void stop() {
        carafe.close();
        guarded.close();
        open.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPushedIsPulledByTagAndByDigest(Client client) {
        String image = client.image(open, "box:1");
        client.run("tag", "busybox", image).ok();
        List<String> pushed = client.run("push", image).ok().lines().toList();
        assertThat(pushed.getFirst())
                .isEqualTo("The push refers to repository [" + image.replaceFirst(":1$", "") + "]");
        assertThat(pushed.getLast()).matches("1: digest: sha256:[0-9a-f]{64} size: \\d+");
        String digest = pushed.getLast().split(" ")[2];
        String exact = image.replaceFirst(":1$", "@" + digest);
        client.run("rmi", image).ok();

        String pulled = client.run("pull", image).ok();
        assertThat(pulled)
                .contains("Digest: " + digest)
                .endsWith("Status: Downloaded newer image for " + image + "\n" + image);
        client.run("rmi", image).ok();
        assertThat(client.run("pull", exact).ok()).endsWith("\n" + exact);
        assertThat(client.run("run", "--rm", "--network", "none", exact, "echo", "hi").ok())
                .isEqualTo("hi");
        client.run("rmi", exact).ok();
    }

    @ParameterizedTest
    @EnumSource
    void runPullsWhatIsNotThere(Client client) {
        String image = client.image(open, "absent:2");
        client.run("tag", "busybox", image).ok();
        client.run("push", "-q", image).ok();
        client.run("rmi", image).ok();
        Command ran = client.run("run", "--rm", "--network", "none", image, "echo", "here");
        assertThat(ran.ok()).isEqualTo("here");
        assertThat(ran.err())
                .startsWith("Unable to find image '" + image + "' locally\n2: Pulling from ")
                .endsWith("Status: Downloaded newer image for " + image + "\n");
        client.run("rmi", image).ok();

        Command none = client.run("run", "--rm", image + "x", "true");
        assertThat(none.exit()).isEqualTo(125);
        assertThat(none.err())
                .contains(
                        "Error response from daemon: manifest for "
                                + image
                                + "x not found: manifest unknown: manifest unknown");
    }

    @ParameterizedTest
    @EnumSource
    void aGuardedRegistryWantsALogin(Client client) {
        String image = client.image(guarded, "secret:1");
        String noCredentials =
                "Head \"http://%s/v2/%s/manifests/1\": no basic auth credentials"
                        .formatted(
                                guarded.host(),
                                image.substring(
                                        guarded.host().length() + 1, image.lastIndexOf(':')));
        client.run("tag", "busybox", image).ok();

        assertFails(client.run("pull", image), "Error response from daemon: " + noCredentials);
        assertFails(client.run("push", image), "no basic auth credentials");
        assertFails(
                client.run("login", "-u", DebianRegistry.USER, "-p", "wrong", guarded.host()),
                "Error response from daemon: login attempt to http://"
                        + guarded.host()
                        + "/v2/ failed with status: 401 Unauthorized");
        assertThat(
                        client.run(
                                        "login",
                                        "-u",
                                        DebianRegistry.USER,
                                        "-p",
                                        DebianRegistry.PASSWORD,
                                        guarded.host())
                                .ok())
                .endsWith("Login Succeeded");

        client.run("push", image).ok();
        client.run("rmi", image).ok();
        assertThat(client.run("run", "--rm", "--network", "none", image, "echo", "in").ok())
                .isEqualTo("in");
        assertThat(client.run("logout", guarded.host()).ok())
                .isEqualTo("Removing login credentials for " + guarded.host());
        assertFails(client.run("pull", image), "Error response from daemon: " + noCredentials);
        client.run("rmi", image).ok();
    }

    /// By the protocol of docker-credential-helpers: nothing secret is in the configuration.
    @ParameterizedTest
    @EnumSource
    void aHelperKeepsTheLogin(Client client) throws IOException {
        Path safe = Files.createDirectories(carafe.home().resolve("safe"));
        Path helper =
                Files.createDirectories(carafe.home().resolve("bin"))
                        .resolve("docker-credential-safe");
        Files.writeString(helper, HELPER.formatted(safe));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        Path config =
                Files.createDirectories(carafe.home().resolve("config")).resolve("config.json");
        Files.writeString(config, "{\"credHelpers\":{\"%s\":\"safe\"}}".formatted(guarded.host()));
        try {
            String image = client.image(guarded, "kept:1");
            client.run("tag", "busybox", image).ok();
            assertFails(client.run("push", image), "no basic auth credentials");
            client.run(
                            "login",
                            "-u",
                            DebianRegistry.USER,
                            "-p",
                            DebianRegistry.PASSWORD,
                            guarded.host())
                    .ok();
            assertThat(Files.readString(config)).doesNotContain(DebianRegistry.USER, "\"auth\"");
            client.run("push", image).ok();
            client.run("rmi", image).ok();
            client.run("pull", image).ok();
            client.run("logout", guarded.host()).ok();
            assertFails(client.run("push", image), "no basic auth credentials");
            client.run("rmi", image).ok();
        } finally {
            Files.delete(config);
        }
    }

    private static void assertFails(Command command, String lastLine) {
        assertThat(command.exit()).as(command.toString()).isEqualTo(1);
        assertThat(command.err().strip().lines().toList().getLast()).isEqualTo(lastLine);
    }

    /// The status of a pull must not be 401: docker's command line would then ask its user for a
    /// name and wait.
    @Test
    void aRefusedPullIsNotUnauthorizedForTheClient() {
        String path = "/images/create?fromImage=" + guarded.host() + "/a/b&tag=1";
        assertThat(carafe.api(path, "-X", "POST", "-w", " %{http_code}").ok()).endsWith(" 500");
    }

    @Test
    void allTagsArePushedAndPulled() {
        String all = open.host() + "/many/tags";
        List<String> tags = List.of("1", "2", "3");
        tags.forEach(tag -> carafe.docker("tag", "busybox", all + ":" + tag).ok());
        carafe.docker("push", "-a", all).ok();
        tags.forEach(tag -> carafe.docker("rmi", all + ":" + tag).ok());
        carafe.docker("pull", "-a", all).ok();
        assertThat(carafe.docker("images", "--format", "{{.Tag}}", all).ok().lines().sorted())
                .isEqualTo(tags);
        tags.forEach(tag -> carafe.docker("rmi", all + ":" + tag).ok());
    }

    @ParameterizedTest
    @EnumSource
    void aRegistryIsSearched(Client client) {
        String image = client.image(open, "findme:1");
        client.run("tag", "busybox", image).ok();
        client.run("push", "-q", image).ok();
        client.run("rmi", image).ok();
        String term = open.host() + "/ndm";
        assertThat(client.run("search", "--format", "{{.Name}}", term).ok())
                .contains(image.replaceFirst(":1$", ""));
        assertThat(client.run("search", open.host() + "/nothere").ok().lines()).hasSize(1);
        assertThat(client.run("search", "--limit", "101", term).err())
                .contains("limit 101 is outside the range of [1, 100]");
    }

    @Test
    void skopeoTakesWhatWePushedAndWePullWhatItPut() {
        String ours = open.host() + "/from/carafe:1";
        String theirs = open.host() + "/from/skopeo:1";
        carafe.docker("tag", "busybox", ours).ok();
        carafe.docker("push", "-q", ours).ok();
        Command.run(
                        List.of(
                                "skopeo",
                                "copy",
                                "-q",
                                "--src-tls-verify=false",
                                "--dest-tls-verify=false",
                                "--format",
                                "oci",
                                "docker://" + ours,
                                "docker://" + theirs))
                .ok();
        carafe.docker("pull", "-q", theirs).ok();
        assertThat(carafe.docker("run", "--rm", "--network", "none", theirs, "echo", "hi").ok())
                .isEqualTo("hi");
        Command.run(
                        List.of(
                                "skopeo",
                                "copy",
                                "-q",
                                "--dest-tls-verify=false",
                                "docker-archive:" + TestImages.busybox(),
                                "docker://" + theirs))
                .ok();
        assertThat(carafe.docker("pull", theirs).ok())
                .contains("Status: Downloaded newer image for " + theirs);
        carafe.docker("rmi", ours, theirs).ok();
    }
}
