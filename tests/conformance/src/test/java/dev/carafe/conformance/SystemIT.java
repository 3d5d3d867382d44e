package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `docker system df`, the prunes, and what they tell as events. There are two images: busybox, and
/// the one that every store begins with.
class SystemIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("system");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @BeforeEach
    void clean() {
        for (String id : carafe.docker("ps", "-aq").ok().lines().toList()) {
            carafe.docker("rm", "-f", "-v", id).ok();
        }
        carafe.docker("volume", "prune", "-f", "-a").ok();
        carafe.docker("network", "prune", "-f").ok();
    }

    private static String docker(String... words) {
        return carafe.docker(words).ok();
    }

    /// One container that ended and wrote 1000 bytes, one that runs, a named and an anonymous
    /// volume.
    private static void fill() {
        docker(
                "run",
                "--name",
                "old",
                "--label",
                "a=b",
                "-v",
                "/anon",
                "busybox",
                "sh",
                "-c",
                "head -c 1000 /dev/zero > /root.bin; head -c 300 /dev/zero > /anon/x");
        docker(
                "run",
                "--name",
                "filler",
                "--rm",
                "-v",
                "named:/data",
                "busybox",
                "sh",
                "-c",
                "head -c 2048 /dev/zero > /data/x");
        docker("run", "-d", "--name", "live", "busybox", "sleep", "1000");
    }

    @Test
    void diskUsageIsExact() {
        fill();
        List<String> types =
                docker("system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Active}}")
                        .lines()
                        .toList();
        assertThat(types)
                .containsExactly(
                        "Images 2 1", "Containers 2 1", "Local Volumes 2 1", "Build Cache 0 0");
        assertThat(docker("system", "df", "--format", "{{.Size}} {{.Reclaimable}}").lines())
                .contains("2.348kB 2.048kB (87%)");
        String size = docker("ps", "-a", "-s", "--filter", "name=old", "--format", "{{.Size}}");
        assertThat(size).startsWith("1kB (virtual ");
        assertThat(docker("inspect", "-s", "-f", "{{.SizeRw}}", "old")).isEqualTo("1000");
        assertThat(carafe.carafe("system", "df").ok()).isEqualTo(docker("system", "df"));
        assertThat(docker("system", "df", "-v")).contains("Local Volumes space usage:");
    }

    @Test
    void onlyTheTypesAskedForAreMeasured() {
        docker("volume", "create", "named");
        assertThat(carafe.api("/v1.51/system/df?type=volume").ok())
                .contains("\"UsageData\":{\"RefCount\":0,\"Size\":0}")
                .doesNotContain("\"Images\"")
                .doesNotContain("\"Containers\"");
    }

    @Test
    void systemPruneAsksAndThenRemovesWhatNothingUses() {
        fill();
        docker("network", "create", "--subnet", "10.112.0.0/16", "lonely");
        String question =
                carafe.dockerWithInput("n\n".getBytes(), "system", "prune", "--volumes").ok();
        Command ours = carafe.carafe("system", "prune", "--volumes");
        assertThat(ours.ok()).isEqualTo(question.stripTrailing());
        assertThat(docker("ps", "-aq").lines()).hasSize(2);

        String id = docker("inspect", "-f", "{{.Id}}", "old");
        String report = carafe.carafe("system", "prune", "-f", "--volumes").ok();
        assertThat(report)
                .startsWith("Deleted Containers:\n" + id + "\n\nDeleted Networks:\nlonely\n\n")
                .contains("Deleted Volumes:\n")
                .endsWith("Total reclaimed space: 1.3kB");
        assertThat(docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("live");
        assertThat(docker("volume", "ls", "-q")).isEqualTo("named");
        assertThat(docker("images", "-q").lines()).hasSize(2);
        assertThat(docker("volume", "prune", "-f", "-a"))
                .isEqualTo("Deleted Volumes:\nnamed\n\nTotal reclaimed space: 2.048kB");
    }

    @Test
    void prunesAreFiltered() {
        fill();
        assertThat(docker("container", "prune", "-f", "--filter", "until=24h"))
                .isEqualTo("Total reclaimed space: 0B");
        assertThat(docker("container", "prune", "-f", "--filter", "label!=a"))
                .isEqualTo("Total reclaimed space: 0B");
        assertThat(docker("container", "prune", "-f", "--filter", "label=a=b"))
                .startsWith("Deleted Containers:\n")
                .endsWith("\nTotal reclaimed space: 1kB");
        assertThat(carafe.docker("container", "prune", "-f", "--filter", "until=never").exit())
                .isEqualTo(1);
    }

    @Test
    void imagesAndPrunesAreTold() {
        String since = Command.shell("date +%s.%N").ok();
        docker("tag", "busybox", "other:1");
        docker("rmi", "other:1");
        docker("save", "-o", carafe.home().resolve("saved.tar").toString(), "busybox");
        docker("image", "prune", "-f");
        docker("container", "prune", "-f");
        docker("volume", "prune", "-f");
        String until = Command.shell("date +%s.%N").ok();
        List<String> events =
                docker(
                                "events",
                                "--since",
                                since,
                                "--until",
                                until,
                                "--format",
                                "{{.Type}} {{.Action}} {{index .Actor.Attributes \"name\"}} {{index .Actor.Attributes \"reclaimed\"}}")
                        .lines()
                        .map(String::strip)
                        .toList();
        String id = docker("inspect", "-f", "{{.Id}}", "busybox");
        assertThat(events)
                .containsExactly(
                        "image tag other:1",
                        "image untag " + id,
                        "image save " + id,
                        "image prune  0",
                        "container prune  0",
                        "volume prune  0");
    }
}
