package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.sh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.engine.EngineFixture.Output;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Many containers, at once and one after the other, and nothing left behind.
class ManyIT {
    @Test
    void fiftyRunAtOnceAndAHundredInTurnWithoutALeak() throws Exception {
        try (EngineFixture box = EngineFixture.open()) {
            box.run("true");
            List<String> before = files(box);
            try (LeakCheck leaks = LeakCheck.begin(box.mark())) {
                atOnce(box);
                for (int i = 0; i < 100; i++) {
                    assertThat(box.run("echo " + i)).isEqualTo(new Output(i + "\n", "", 0));
                }
            }
            assertThat(files(box)).isEqualTo(before);
        }
    }

    private static void atOnce(EngineFixture box) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Output>> runs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int n = i;
                runs.add(threads.submit(() -> box.run("echo " + n + "; exit " + n)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(EngineFixture.join(runs.get(i))).isEqualTo(new Output(i + "\n", "", i));
            }
        }
    }

    /// Folders and files of the engine that are about containers. The snapshots' trash empties in
    /// the background.
    private static List<String> files(EngineFixture box) throws IOException, InterruptedException {
        Thread.sleep(1000);
        List<String> found = new ArrayList<>();
        for (String folder : List.of("data/containers", "run/containers", "data/volumes", "run")) {
            Path path = box.root().resolve(folder);
            if (Files.exists(path)) {
                try (Stream<Path> all = Files.walk(path)) {
                    all.filter(f -> !f.toString().contains("/run/network"))
                            .map(Path::toString)
                            .forEach(found::add);
                }
            }
        }
        return found.stream().sorted().toList();
    }

    @Test
    void failedStartsLeaveNothing() {
        try (EngineFixture box = EngineFixture.open()) {
            box.run("true");
            try (LeakCheck leaks = LeakCheck.begin(box.mark())) {
                for (int i = 0; i < 20; i++) {
                    String id =
                            box.create(ContainerConfig.of(EngineFixture.IMAGE, List.of("nope")));
                    try {
                        box.engine().startContainer().start(id);
                    } catch (RuntimeException e) {
                        assertThat(e).hasMessageContaining("executable file not found");
                    }
                    box.engine().removeContainer().remove(id, false, true);
                }
            }
        }
    }

    @Test
    void openingWithManyContainersLosesNone() {
        try (EngineFixture box = EngineFixture.open()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ids.add(i % 2 == 0 ? box.create(sh("true")) : box.start("sleep 100"));
            }
            box.reopen();
            for (int i = 0; i < 30; i++) {
                assertThat(box.engine().inspectContainer().inspect(ids.get(i)).state().word())
                        .isEqualTo(i % 2 == 0 ? "created" : "running");
            }
        }
    }
}
