package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Volumes by the real docker command line and by our own.
class VolumesIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("volumes");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
    }

    @AfterAll
    static void stop() {
        try {
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    @AfterEach
    void removeAll() {
        carafe.docker("container", "prune", "-f").ok();
        carafe.docker("volume", "prune", "-af").ok();
        assertThat(carafe.docker("volume", "ls", "-q").ok()).isEmpty();
    }

    @Test
    void aVolumesWholeLife() {
        assertThat(carafe.docker("volume", "create", "--label", "a=b", "one").ok())
                .isEqualTo("one");
        assertThat(carafe.carafe("volume", "create", "two").ok()).isEqualTo("two");
        String anonymous = carafe.carafe("volume", "create").ok();
        assertThat(anonymous).matches("[0-9a-f]{64}");
        for (Command list :
                List.of(
                        carafe.docker("volume", "ls", "-q", "-f", "name=o"),
                        carafe.carafe("volume", "ls", "-q", "-f", "name=o"))) {
            assertThat(list.ok()).isEqualTo("one\ntwo");
        }
        assertThat(carafe.docker("volume", "ls", "-q", "-f", "label=a=b").ok()).isEqualTo("one");
        assertThat(carafe.docker("volume", "ls", "-q", "-f", "driver=other").ok()).isEmpty();
        assertThat(carafe.docker("volume", "ls", "-f", "nope=1").err())
                .contains("invalid filter 'nope'");
        carafe.docker("create", "--name", "user", "-v", "one:/d", "busybox", "true").ok();
        String id = carafe.docker("inspect", "-f", "{{.Id}}", "user").ok();
        String refusal = "remove one: volume is in use - [" + id + "]";
        assertThat(carafe.docker("volume", "rm", "one").err())
                .isEqualTo("Error response from daemon: " + refusal + "\n");
        assertThat(carafe.carafe("volume", "rm", "one").err()).contains(refusal);
        assertThat(carafe.docker("volume", "ls", "-q", "-f", "dangling=true").ok().lines())
                .containsExactlyInAnyOrder("two", anonymous);
        carafe.docker("rm", "user").ok();
        assertThat(carafe.docker("volume", "rm", "one").ok()).isEqualTo("one");
        assertThat(carafe.carafe("volume", "rm", "two").ok()).isEqualTo("two");
        assertThat(carafe.docker("volume", "rm", "one").err()).contains("get one: no such volume");
        assertThat(carafe.docker("volume", "rm", "-f", "one").exit()).isZero();
        assertThat(carafe.docker("volume", "inspect", "one").exit()).isEqualTo(1);
    }

    @Test
    void anImageIsMountedReadOnlyAndKeptWhileItIsUsed() {
        String mount = "type=image,source=lent,target=/image";
        carafe.docker("tag", "busybox", "base").ok();
        carafe.docker("create", "--name", "made", "base", "sh").ok();
        carafe.docker("commit", "-c", "LABEL lent=yes", "made", "lent").ok();
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "user",
                        "--mount",
                        mount,
                        "--mount",
                        "type=image,source=lent,target=/names,image-subpath=etc/passwd",
                        "busybox",
                        "sleep",
                        "300")
                .ok();
        assertThat(carafe.docker("exec", "user", "cat", "/image/etc/passwd").ok())
                .isEqualTo(carafe.docker("exec", "user", "cat", "/names").ok())
                .startsWith("root:");
        assertThat(carafe.docker("exec", "user", "touch", "/image/x").err())
                .contains("Read-only file system");
        assertThat(
                        carafe.docker(
                                        "inspect",
                                        "-f",
                                        "{{range .Mounts}}{{.Type}} {{.Name}} {{.RW}} {{end}}",
                                        "user")
                                .ok())
                .isEqualTo("image lent false image lent false");
        String id = carafe.docker("inspect", "-f", "{{.Id}}", "user").ok().substring(0, 12);
        assertThat(carafe.docker("rmi", "lent").err())
                .contains("container " + id + " is using its referenced image");
        carafe.docker("stop", "-t", "0", "user").ok();
        carafe.docker("rmi", "-f", "lent").ok();
        carafe.docker("start", "user").ok();
        assertThat(carafe.carafe("exec", "user", "cat", "/names").ok()).startsWith("root:");
        carafe.docker("rm", "-f", "user", "made").ok();
        carafe.docker("rmi", "base").ok();
    }

    @Test
    void whatIsWrongWithAMountedImageIsTold() {
        assertThat(create("type=image,source=no-such-image,target=/x"))
                .contains("No such image: no-such-image:latest");
        assertThat(create("type=image,target=/x"))
                .contains(
                        "invalid mount config for type \"image\": field Source must not be empty");
        assertThat(create("type=image,source=busybox,target=/x,image-subpath=../etc"))
                .contains("subpath must be a relative path within the volume");
        String absent = "type=image,source=busybox,target=/x,image-subpath=nowhere";
        assertThat(carafe.carafe("run", "--rm", "--mount", absent, "busybox", "true").err())
                .contains(
                        "cannot access path busybox/nowhere: lstat busybox/nowhere: no such file or directory");
    }

    private static String create(String mount) {
        return carafe.docker("create", "--pull", "never", "--mount", mount, "busybox", "true")
                .err();
    }

    @Test
    void pruningTakesTheNamelessOnesUnlessAllAreAskedFor() {
        carafe.docker("volume", "create", "named").ok();
        carafe.docker("create", "--name", "holds", "-v", "/held", "busybox", "true").ok();
        carafe.docker(
                        "run",
                        "--name",
                        "gone",
                        "-v",
                        "/lost",
                        "busybox",
                        "dd",
                        "if=/dev/zero",
                        "of=/lost/x",
                        "bs=1000",
                        "count=3")
                .ok();
        carafe.docker("rm", "gone").ok();
        assertThat(carafe.docker("volume", "prune", "-f").ok())
                .startsWith("Deleted Volumes:\n")
                .endsWith("\n\nTotal reclaimed space: 3kB");
        assertThat(carafe.docker("volume", "ls", "-q").ok().lines()).hasSize(2).contains("named");
        assertThat(carafe.carafe("volume", "prune", "-f").ok())
                .isEqualTo("Total reclaimed space: 0B");
        assertThat(carafe.carafe("volume", "prune", "-af").ok())
                .isEqualTo("Deleted Volumes:\nnamed\n\nTotal reclaimed space: 0B");
        carafe.docker("rm", "-v", "holds").ok();
    }

    @Test
    void theLocalDriverMountsWhatItsOptionsSay() throws IOException {
        Path device = Files.createDirectory(carafe.home().resolve("device"));
        Files.writeString(device.resolve("there"), "on the host");
        carafe.docker(
                        "volume",
                        "create",
                        "-o",
                        "type=none",
                        "-o",
                        "o=bind",
                        "-o",
                        "device=" + device,
                        "bound")
                .ok();
        assertThat(
                        carafe.docker("run", "--rm", "-v", "bound:/b", "busybox", "cat", "/b/there")
                                .ok())
                .isEqualTo("on the host");
        carafe.docker(
                        "volume",
                        "create",
                        "-o",
                        "type=none",
                        "-o",
                        "o=bind,ro",
                        "-o",
                        "device=" + device,
                        "fixed")
                .ok();
        assertThat(touch(new String[] {"-v", "fixed:/b"}, "/b/x").err())
                .contains("Read-only file system");
        touch(new String[] {"-v", "bound:/b"}, "/b/x").ok();
        carafe.docker("create", "--name", "copies", "-v", "bound:/b", "busybox", "true").ok();
        assertThat(carafe.docker("cp", "copies:/b/there", "-").out()).contains("on the host");
        carafe.docker(
                        "volume",
                        "create",
                        "-o",
                        "type=tmpfs",
                        "-o",
                        "device=tmpfs",
                        "-o",
                        "o=size=1m,uid=82",
                        "memory")
                .ok();
        carafe.docker("run", "-d", "--name", "first", "-v", "memory:/m", "busybox", "sleep", "600")
                .ok();
        carafe.docker("exec", "first", "sh", "-c", "echo shared >/m/x").ok();
        assertThat(carafe.docker("exec", "first", "grep", " /m ", "/proc/mounts").ok())
                .contains("tmpfs")
                .contains("size=1024k")
                .contains("uid=82");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-v",
                                        "memory:/other",
                                        "busybox",
                                        "cat",
                                        "/other/x")
                                .ok())
                .isEqualTo("shared");
        carafe.docker("cp", "first:/m/x", "-").ok();
        carafe.docker("rm", "-f", "first").ok();
        carafe.docker(
                        "volume",
                        "create",
                        "-o",
                        "type=none",
                        "-o",
                        "o=bind",
                        "-o",
                        "device=/not/there",
                        "broken")
                .ok();
        assertThat(carafe.docker("run", "--rm", "-v", "broken:/b", "busybox", "true").err())
                .contains("failed to mount local volume: mount /not/there:")
                .contains("no such file or directory");
        assertThat(carafe.docker("volume", "create", "-o", "what=x", "bad").err())
                .isEqualTo("Error response from daemon: create bad: invalid option: \"what\"\n");
    }

    @Test
    void aPathInsideAVolumeStaysInsideIt() {
        carafe.docker(
                        "run",
                        "--rm",
                        "-v",
                        "deep:/d",
                        "busybox",
                        "sh",
                        "-c",
                        "mkdir -p /d/a/b; echo in >/d/a/b/f; echo top >/d/hostname;"
                                + " ln -s /etc /d/out; ln -s ../../../../etc /d/up; ln -s a/b /d/l")
                .ok();
        assertThat(subpath("deep", "a/b", "cat", "/s/f").ok()).isEqualTo("in");
        assertThat(subpath("deep", "l", "cat", "/s/f").ok()).isEqualTo("in");
        assertThat(subpath("deep", "a/b/f", "cat", "/s").ok()).isEqualTo("in");
        for (String path : List.of("out", "up", "out/passwd")) {
            assertThat(subpath("deep", path, "ls", "/s").err())
                    .contains("path concatenation escapes the base directory, base: ")
                    .contains("/deep/_data, subpath: " + path);
        }
        assertThat(subpath("deep", "nothing", "ls", "/s").err())
                .contains("cannot access path")
                .contains("no such file or directory");
        assertThat(subpath("deep", "../deep", "ls", "/s").err())
                .contains("subpath must be a relative path within the volume");
    }

    @Test
    void anEmptyFolderInsideAVolumeIsFilledFromTheImage() {
        carafe.docker(
                        "run",
                        "--rm",
                        "-v",
                        "partly:/d",
                        "busybox",
                        "sh",
                        "-c",
                        "mkdir /d/bin /d/full; touch /d/full/f; ln -s /bin /d/out")
                .ok();
        String mount = "type=volume,src=partly,volume-subpath=%s,dst=/bin%s";
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--mount",
                                        mount.formatted("bin", ""),
                                        "busybox",
                                        "ls",
                                        "/bin/busybox")
                                .ok())
                .isEqualTo("/bin/busybox");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-v",
                                        "partly:/d",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "ls /d/bin | wc -l; ls /d/full")
                                .ok())
                .as("the folder alone, and nothing where something is")
                .matches("[1-9]\\d*\nf");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--mount",
                                        mount.formatted("full", ""),
                                        "busybox",
                                        "ls",
                                        "/bin/busybox")
                                .exit())
                .isNotZero();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--mount",
                                        mount.formatted("out", ""),
                                        "busybox",
                                        "true")
                                .err())
                .contains("path concatenation escapes the base directory");
    }

    private static Command subpath(String volume, String path, String... command) {
        String mount = "type=volume,src=" + volume + ",dst=/s,volume-subpath=" + path;
        String[] words = new String[5 + command.length];
        System.arraycopy(new String[] {"run", "--rm", "--mount", mount, "busybox"}, 0, words, 0, 5);
        System.arraycopy(command, 0, words, 5, command.length);
        return carafe.docker(words);
    }

    /// `ro` is for all that is seen there, also for file systems mounted below, as in Docker 25.
    @Test
    void readOnlyGoesForMountsBelowUnlessToldNotTo() throws IOException {
        Path host = Files.createDirectories(carafe.home().resolve("tree"));
        Files.createDirectory(host.resolve("below"));
        Command.run(List.of("mount", "-t", "tmpfs", "below", host.resolve("below").toString()))
                .ok();
        try {
            String bind = "type=bind,src=" + host + ",dst=/m,readonly";
            for (String[] mount :
                    new String[][] {
                        {"-v", host + ":/m:ro"},
                        {"--mount", bind},
                        {"--mount", bind + ",bind-recursive=readonly,bind-propagation=rprivate"}
                    }) {
                assertThat(touch(mount, "/m/f").err()).contains("Read-only file system");
                assertThat(touch(mount, "/m/below/f").err()).contains("Read-only file system");
            }
            String[] flat = {"--mount", bind + ",bind-recursive=writable"};
            assertThat(touch(flat, "/m/f").err()).contains("Read-only file system");
            touch(flat, "/m/below/f").ok();
            assertThat(host.resolve("below/f")).exists();
        } finally {
            Command.run(List.of("umount", host.resolve("below").toString())).ok();
        }
    }

    private static Command touch(String[] mount, String path) {
        return carafe.docker(
                "run", "--rm", "--network", "none", mount[0], mount[1], "busybox", "touch", path);
    }

    @Test
    void aBindShowsOtherOwnersByIdmap() throws IOException {
        Path host = Files.createDirectories(carafe.home().resolve("owned"));
        Path file = Files.writeString(host.resolve("f"), "of 1000");
        own(file, 1000, 100);
        own(host, 1000, 100);
        String map = "idmap=uids=1000-0-1;gids=100-0-1#7-8-1";
        String shown = "stat -c %u:%g /d/f; touch /d/new; chgrp 8 /d/new";
        String mount = "type=bind,src=" + host + ",dst=/d," + map;
        for (List<String> words :
                List.of(
                        concat(carafe.dockerWords(), "-v", host + ":/d:rw," + map),
                        concat(carafe.carafeWords(), "--mount", mount))) {
            assertThat(inBusybox(words, shown).ok()).isEqualTo("0:0");
            assertThat(Files.getAttribute(host.resolve("new"), "unix:uid")).isEqualTo(1000);
            assertThat(Files.getAttribute(host.resolve("new"), "unix:gid")).isEqualTo(7);
            Files.delete(host.resolve("new"));
        }
        assertThat(inBusybox(concat(carafe.dockerWords(), "-v", host + ":/d:idmap"), shown).ok())
                .as("without a user namespace everybody is who he is")
                .isEqualTo("1000:100");
        copiesHaveTheOwnersShown(host, map);
    }

    private static void copiesHaveTheOwnersShown(Path host, String map) throws IOException {
        carafe.docker("create", "--name", "maps", "-v", host + ":/d:" + map, "busybox", "true")
                .ok();
        Path in = Files.writeString(carafe.home().resolve("in"), "copied");
        own(in, 0, 8);
        carafe.docker("cp", "-a", in.toString(), "maps:/d/in").ok();
        assertThat(Files.getAttribute(host.resolve("in"), "unix:uid")).isEqualTo(1000);
        assertThat(Files.getAttribute(host.resolve("in"), "unix:gid")).isEqualTo(7);
        carafe.docker("rm", "maps").ok();
    }

    @Test
    void whereOwnersCanNotBeMappedTheStartIsRefused() {
        String map = ":/d:idmap=uids=1000-0-1";
        assertThat(inBusybox(concat(carafe.dockerWords(), "-v", "/proc/sys" + map), "true").err())
                .contains("map the owners of what is mounted on /d:")
                .contains("has no idmapped mounts");
        assertThat(
                        inBusybox(concat(carafe.dockerWords(), "-v", "/tmp:/d:idmap=1000"), "true")
                                .err())
                .contains("invalid idmap '1000': it takes uids= and gids=");
        assertThat(
                        inBusybox(
                                        concat(
                                                carafe.carafeWords(),
                                                "--mount",
                                                "type=tmpfs,dst=/d,idmap"),
                                        "true")
                                .err())
                .contains("option 'idmap' is for mounts of type bind");
    }

    private static void own(Path path, int user, int group) throws IOException {
        Files.setAttribute(path, "unix:uid", user);
        Files.setAttribute(path, "unix:gid", group);
    }

    /// `CLIENT run OPTION MOUNT`.
    private static List<String> concat(List<String> client, String option, String mount) {
        List<String> words = new ArrayList<>(client);
        words.addAll(List.of("run", "--rm", "--network", "none", option, mount));
        return words;
    }

    private static Command inBusybox(List<String> run, String script) {
        List<String> words = new ArrayList<>(run);
        words.addAll(List.of("busybox", "sh", "-c", script));
        return Command.run(words);
    }

    @Test
    void anEmptyVolumeIsFilledFromTheImageUnlessToldNotTo() {
        assertThat(carafe.docker("run", "--rm", "-v", "full:/etc", "busybox", "ls", "/etc").ok())
                .contains("passwd");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-v",
                                        "empty:/etc:nocopy",
                                        "busybox",
                                        "ls",
                                        "/etc")
                                .ok())
                .doesNotContain("passwd");
    }

    @Test
    void volumesOfOtherContainersComeAlong() {
        carafe.docker("create", "--name", "data", "-v", "/d", "-v", "shared:/n", "busybox", "true")
                .ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--volumes-from",
                                        "data:ro",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "ls -d /d /n; echo x >/n/x")
                                .out())
                .isEqualTo("/d\n/n\n");
        carafe.docker("run", "--rm", "--volumes-from", "data", "busybox", "touch", "/n/x").ok();
        assertThat(carafe.docker("run", "--volumes-from", "data:what", "busybox", "true").err())
                .contains("invalid mode: what");
        carafe.docker("rm", "-v", "data").ok();
        assertThat(carafe.docker("volume", "ls", "-q").ok()).isEqualTo("shared");
    }
}
