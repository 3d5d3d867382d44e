package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessesIT {
    @Test
    void aChildGetsItsDescriptorsByNumberAndNothingElse() {
        try (Pipes.Pipe pipe = Pipes.pipe();
                Fd high = pipe.write().dupAbove(64)) {
            pipe.write().close();
            int pid =
                    Processes.spawn(
                            new SpawnRequest(
                                    "/bin/sh",
                                    List.of(
                                            "sh",
                                            "-c",
                                            "echo out >&7; for f in /proc/$$/fd/*; do echo $f >&7; done; echo $HOME$X >&7"),
                                    List.of("X=1"),
                                    Map.of(7, high, 0, high, 1, high, 2, high),
                                    true));
            high.close();
            String text = readAll(pipe.read());
            assertThat(Processes.waitPid(pid).exitCode()).isZero();
            List<String> lines = text.lines().toList();
            assertThat(lines.getFirst()).isEqualTo("out");
            assertThat(lines.getLast()).isEqualTo("1");
            // 3 is the shell's own, to read the directory, and so are 10 and up
            assertThat(
                            lines.subList(1, lines.size() - 1).stream()
                                    .map(l -> Integer.parseInt(l.substring(l.lastIndexOf('/') + 1)))
                                    .filter(n -> n < 10))
                    .containsExactly(0, 1, 2, 3, 7);
        }
    }

    @Test
    void signalsAreUnblockedAndDefaultAndTheSessionIsNew() throws IOException {
        int pid = sleep();
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        assertThat(status)
                .contains("SigBlk:\t0000000000000000")
                .contains("SigIgn:\t0000000000000000");
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        assertThat(stat.substring(stat.lastIndexOf(')')).split(" ")[4])
                .isEqualTo(Integer.toString(pid));
        assertThat(Processes.parentOf(pid)).hasValue(ProcessHandle.current().pid());
        Processes.kill(pid, Processes.SIGKILL);
        Processes.Waited waited = Processes.waitPid(pid);
        assertThat(waited.signaled()).isTrue();
        assertThat(waited.signal()).isEqualTo(Processes.SIGKILL);
        assertThat(waited.exitCode()).isEqualTo(137);
    }

    @Test
    void aPidfdSignalsCopiesDescriptorsAndOutlivesTheProcess() {
        int pid = sleep();
        assertThat(Processes.startTicks(pid)).isPresent();
        try (Fd pidfd = Processes.pidfdOpen(pid);
                Fd copy = Processes.pidfdGetfd(pidfd, 0)) {
            assertThat(FileSystem.fstat(copy).isDevice()).isTrue();
            assertThat(Processes.tryWaitPid(pid)).isEmpty();
            assertThat(Processes.pidfdSendSignal(pidfd, Processes.SIGTERM)).isTrue();
            assertThat(Processes.waitPid(pid).signal()).isEqualTo(Processes.SIGTERM);
            assertThat(Processes.pidfdSendSignal(pidfd, Processes.SIGTERM)).isFalse();
            assertThat(Processes.tryPidfdOpen(pid)).isEmpty();
            assertThat(Processes.startTicks(pid)).isEmpty();
        }
    }

    @Test
    void anElfBehindADescriptorRuns() throws IOException {
        byte[] elf = Files.readAllBytes(Path.of("/bin/true").toRealPath());
        try (Fd file = Memfd.of("true", elf)) {
            Memfd.seal(file);
            assertThatThrownBy(() -> Memfd.write(file, new byte[] {1}))
                    .hasMessageContaining("not permitted");
            // a memfd of which a writable descriptor is open in nobody's exec: run a read-only one
            int pid =
                    Processes.spawn(
                            new SpawnRequest(
                                    file.procPath().toString(),
                                    List.of("x"),
                                    List.of(),
                                    Map.of(),
                                    false));
            assertThat(Processes.waitPid(pid).exitCode()).isZero();
        }
    }

    @Test
    void aFailedExecThrows() {
        assertThatThrownBy(() ->
                        Processes.spawn(
                                new SpawnRequest(
                                        "/no/such", List.of("x"), List.of(), Map.of(), false)))
                .hasMessage("posix_spawn /no/such: No such file or directory (errno 2)");
    }

    private static int sleep() {
        try (Fd none = FileSystem.open("/dev/null", FileSystem.O_RDWR)) {
            return Processes.spawn(
                    new SpawnRequest(
                            "/bin/sleep",
                            List.of("sleep", "60"),
                            List.of(),
                            Map.of(0, none, 1, none, 2, none),
                            true));
        }
    }

    private static String readAll(Fd fd) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        for (int n = Pipes.read(fd, buffer); n > 0; n = Pipes.read(fd, buffer)) {
            text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
