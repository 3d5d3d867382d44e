package dev.carafe.cli;

import dev.carafe.cli.command.CommandLine;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Runs the usual commands once against a server of its own, so that the AOT cache of the
/// distribution holds their classes (JEP 514). A build step, `carafe __train` with
/// `-XX:AOTCacheOutput`.
final class Training {
    /// Only what is used all the time: each class in the cache costs each command a little.
    private static final String[][] COMMANDS = {
        {
            "run", "--rm", "-i", "-e", "A=1", "-p", "8080:80", "-v", "/a:/b", "-m", "1g", "--name",
            "x", "busybox", "true"
        },
        {"run", "-d", "--network", "n", "busybox"},
        {"exec", "-i", "x", "true"},
        {"start", "x"},
        {"stop", "x"},
        {"rm", "-f", "x", "y"},
        {"logs", "x"},
        {"ps", "-a", "--filter", "status=exited"},
        {"ps", "-aq"},
        {"ps", "--format", "table {{.ID}}\t{{.Names}}"},
        {"images"},
        {"inspect", "x"},
        {
            "inspect",
            "-f",
            "{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{json $v}}{{end}}{{if eq .Name \"a\"}}x{{end}}",
            "x"
        },
        {"version"},
    };

    private Training() {}

    static void run() throws IOException {
        Main.streams();
        // Plain file names: the classes for temporary files would end up in the cache
        File socket =
                new File(
                        System.getProperty("java.io.tmpdir"),
                        "carafe-training-" + System.nanoTime() + ".sock");
        try (TrainingServer server = TrainingServer.start(socket)) {
            for (String[] command : COMMANDS) {
                Main.prepare(command);
                String[] line = new String[command.length + 2];
                line[0] = "-H";
                line[1] = "unix://" + server.socket();
                System.arraycopy(command, 0, line, 2, command.length);
                Output none = new Output(OutputStream.nullOutputStream(), false);
                ByteArrayInputStream in =
                        new ByteArrayInputStream("input".getBytes(StandardCharsets.UTF_8));
                new CommandLine(in, false, none, none).run(Arrays.asList(line));
            }
        } finally {
            boolean gone = socket.delete();
            if (!gone) {
                socket.deleteOnExit();
            }
        }
    }
}
