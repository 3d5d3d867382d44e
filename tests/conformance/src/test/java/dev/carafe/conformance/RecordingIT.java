package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a flight recording of the daemon tells.
class RecordingIT {
    private static final byte[] DOCKERFILE =
            "FROM busybox\nRUN echo built >/file\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    @Test
    void startsRequestsAndStepsOfBuildsAreRecorded() throws IOException {
        try (Carafe carafe = Carafe.startWith("jfr")) {
            String pid = Files.readString(carafe.home().resolve("pid")).strip();
            jcmd(pid, "JFR.start", "name=it");
            carafe.docker("run", "--network", "none", "--name", "fine", "busybox", "true").ok();
            carafe.docker("run", "--network", "none", "--name", "failed", "busybox", "/absent");
            carafe.dockerWithInput(DOCKERFILE, "build", "-q", "-").ok();
            Path file = folder.resolve("it.jfr");
            jcmd(pid, "JFR.stop", "name=it", "filename=" + file);

            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            List<RecordedEvent> starts = named(events, "carafe.ContainerStart");
            assertThat(starts).extracting(e -> e.getString("networkMode")).contains("none", "none");
            RecordedEvent fine = of(starts, id(carafe, "fine"));
            assertThat(fine.getString("image")).isEqualTo("busybox");
            assertThat(fine.getString("failure")).isNull();
            assertThat(fine.getDuration())
                    .isGreaterThanOrEqualTo(
                            fine.getDuration("prepared")
                                    .plus(fine.getDuration("created"))
                                    .plus(fine.getDuration("executed")));
            assertThat(fine.getDuration("executed")).isPositive();
            assertThat(of(starts, id(carafe, "failed")).getString("failure"))
                    .contains("no such file or directory");
            assertThat(named(events, "carafe.ApiRequest"))
                    .anySatisfy(e -> {
                        assertThat(e.getString("method")).isEqualTo("POST");
                        assertThat(e.getString("path")).endsWith("/containers/create");
                    });
            assertThat(named(events, "carafe.BuildStep"))
                    .singleElement()
                    .satisfies(e -> assertThat(e.getBoolean("cached")).isFalse());
        }
    }

    private static String id(Carafe carafe, String name) {
        return carafe.docker("inspect", "-f", "{{.Id}}", name).ok().strip();
    }

    private static RecordedEvent of(List<RecordedEvent> starts, String container) {
        return starts.stream()
                .filter(e -> e.getString("container").equals(container))
                .findFirst()
                .orElseThrow();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
    }

    private static void jcmd(String pid, String... words) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = new ArrayList<>(List.of(program, pid));
        command.addAll(List.of(words));
        Command.run(command).ok();
    }
}
