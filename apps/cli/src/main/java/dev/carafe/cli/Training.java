package dev.carafe.cli;

import dev.carafe.cli.command.CommandLine;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Runs the usual commands once, so that the AOT cache of the distribution holds their classes (JEP 514). A build step:
///
/// `java -XX:AOTCacheOutput=FILE -cp cli.jar dev.carafe.cli.Training`
public final class Training {
    private static final String[][] COMMANDS = {
        {"--help"},
        {"run", "--help"},
        {"container", "--help"},
        {"nonsense"},
        {"run", "--nonsense"},
        {"version"},
        {"version", "--format", "{{.Server.Version}}"},
        {"info"},
        {"ps"},
        {"ps", "-a", "--filter", "status=exited", "--format", "table {{.ID}}\t{{.Names}}\t{{upper .Image}}"},
        {"ps", "-aq"},
        {"images"},
        {"images", "-q"},
        {"network", "ls"},
        {"volume", "ls"},
        {"history", "x"},
        {"inspect", "x"},
        {"inspect", "-f", "{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{json $v}}{{end}}{{if eq .Name \"a\"}}{{len .Name}}{{end}}", "x"},
        {"run", "--rm", "-i", "-e", "A=1", "-p", "8080:80", "-v", "/a:/b", "-m", "1g", "--name", "x", "--network", "n", "busybox", "true"},
        {"run", "-d", "busybox"},
        {"create", "--mount", "type=bind,src=/a,dst=/b,ro", "--ulimit", "nofile=1:2", "--cap-add", "ALL", "busybox"},
        {"start", "x"},
        {"start", "-a", "x"},
        {"exec", "-i", "x", "true"},
        {"attach", "x"},
        {"logs", "x"},
        {"stop", "x", "y"},
        {"restart", "x"},
        {"kill", "x"},
        {"rm", "-f", "x"},
        {"wait", "x"},
        {"rename", "x", "y"},
        {"pause", "x"},
        {"port", "x"},
        {"top", "x"},
        {"diff", "x"},
        {"tag", "x", "y"},
        {"rmi", "x"},
        {"save", "x"},
        {"export", "x"},
        {"load"},
        {"import", "-"},
        {"pull", "x"},
        {"events", "--until", "1s"},
        {"__complete", "run", "--n"},
        {"__complete", "stop", ""},
    };

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Main.streams();
        Path directory = Files.createTempDirectory("carafe-training");
        Path socket = directory.resolve("s");
        try (TrainingServer server = TrainingServer.start(socket)) {
            for (String[] command : COMMANDS) {
                String[] line = new String[command.length + 2];
                line[0] = "-H";
                line[1] = "unix://" + server.socket();
                System.arraycopy(command, 0, line, 2, command.length);
                Output none = new Output(OutputStream.nullOutputStream(), false);
                ByteArrayInputStream in = new ByteArrayInputStream("input".getBytes(StandardCharsets.UTF_8));
                new CommandLine(in, false, none, none).run(Arrays.asList(line));
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(directory);
        }
    }
}
