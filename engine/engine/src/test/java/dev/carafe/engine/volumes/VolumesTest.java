package dev.carafe.engine.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.MountRequest;
import dev.carafe.engine.config.StorageConfig;
import dev.carafe.engine.events.EventBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
    @TempDir Path folder;

    private Volumes volumes() {
        return new Volumes(
                folder.resolve("volumes"),
                new VolumeEvents(new EventBus(folder.resolve("events"))));
    }

    @Test
    void aVolumeIsMadeOnceAndFoundAgain() {
        Volumes volumes = volumes();
        Volume made = volumes.create("data", "", Map.of("a", "b"), Map.of());
        assertThat(volumes.create("data", "", Map.of(), Map.of())).isEqualTo(made);
        assertThat(volumes().list()).containsExactly(made);
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        Volumes volumes = volumes();
        Files.createDirectories(folder.resolve("outside"));
        Path description = folder.resolve("outside/volume.json");
        volumes.create("data", "", Map.of(), Map.of());
        Files.copy(folder.resolve("volumes/data/volume.json"), description);
        assertThatThrownBy(() -> volumes.get("../outside")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> volumes.remove("../outside", false, v -> List.of()))
                .isInstanceOf(NotFound.class);
        volumes.remove("../outside", true, v -> List.of());
        assertThat(description).exists();
        assertThatThrownBy(() -> volumes.create("../x", "", Map.of(), Map.of()))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void optionsOfTheDriverAreChecked() {
        Volumes volumes = volumes();
        refused(volumes, Map.of("what", "x"), "create data: invalid option: \"what\"");
        refused(
                volumes,
                Map.of("type", "tmpfs"),
                "create data: missing required option: \"device\"");
        refused(volumes, Map.of("device", "/x"), "create data: missing required option: \"type\"");
        refused(
                volumes,
                Map.of("size", "1g"),
                "create data: quota size requested but no quota support");
        assertThat(volumes.list()).isEmpty();
    }

    private static void refused(Volumes volumes, Map<String, String> options, String why) {
        assertThatThrownBy(() -> volumes.create("data", "", Map.of(), options))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(why);
    }

    @Test
    void aRemovalThatWasCutShortIsFinishedByTheNextDaemon() throws Exception {
        Path left = Files.createDirectories(folder.resolve("volumes/.removed-1/_data/deep"));
        Files.writeString(left.resolve("f"), "x");
        assertThat(volumes().list()).isEmpty();
        Path gone = folder.resolve("volumes/.removed-1");
        for (int i = 0; i < 1_000 && Files.exists(gone); i++) {
            Thread.sleep(10);
        }
        assertThat(gone).doesNotExist();
    }

    @Test
    void aRemovedVolumeLeavesNothingAndComesBackEmpty() throws IOException {
        Volumes volumes = volumes();
        volumes.create("data", "", Map.of(), Map.of());
        Files.writeString(volumes.data("data").resolve("f"), "x");
        volumes.remove("data", false, v -> List.of());
        assertThat(folder.resolve("volumes")).isEmptyDirectory();
        volumes.create("data", "", Map.of(), Map.of());
        assertThat(volumes.data("data")).isEmptyDirectory();
    }

    @Test
    void dataThatIsThereAlreadyIsKept() throws IOException {
        Path data = Files.createDirectories(folder.resolve("volumes/data/_data"));
        Files.writeString(data.resolve("f"), "brought here by hand");
        Volumes volumes = volumes();
        volumes.create("data", "", Map.of(), Map.of());
        assertThat(volumes.data("data").resolve("f")).hasContent("brought here by hand");
    }

    @Test
    void aVolumeInUseStays() {
        Volumes volumes = volumes();
        volumes.create("data", "", Map.of(), Map.of());
        assertThatThrownBy(() -> volumes.remove("data", true, v -> List.of("c1")))
                .isInstanceOf(Conflict.class)
                .hasMessage("remove data: volume is in use - [c1]");
        assertThat(volumes.get("data").name()).isEqualTo("data");
    }

    @Test
    void aPathThatLeadsOutOfAVolumeIsRefused() {
        Volumes volumes = volumes();
        MountPlanner planner =
                new MountPlanner(volumes, Path.of("/no/such"), ref -> List.of(), ref -> ref);
        MountRequest mount =
                new MountRequest(
                        "volume",
                        "data",
                        "/d",
                        false,
                        "",
                        null,
                        new MountRequest.VolumeOptions(false, Map.of(), "", Map.of(), "../.."),
                        null,
                        null);
        StorageConfig storage = StorageConfig.none().withMounts(List.of(mount));
        assertThatThrownBy(
                        () -> planner.plan(ContainerConfig.of("busybox", List.of("sh")), storage))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("subpath must be a relative path within the volume");
        assertThat(volumes.list()).isEmpty();
    }
}
