package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.FakeDaemon;
import dev.carafe.cli.Resources;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands against a server that plays the daemon.
class CommandsTest {
    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";

    @TempDir Path dir;

    private int run(FakeDaemon daemon, String line) {
        List<String> words =
                new ArrayList<>(List.of("--config", dir.toString(), "-H", daemon.address()));
        words.addAll(Resources.words(line));
        return new CommandLine(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        false,
                        new Output(out, false),
                        new Output(err, false))
                .run(words);
    }

    /// A daemon whose container echoes its input, prints to both streams and ends with 7.
    private static void container(FakeDaemon.Exchange e) throws IOException {
        switch (e.path()) {
            case "/containers/create" -> e.json(201, "{\"Id\":\"c1\",\"Warnings\":[\"careful\"]}");
            case "/containers/c1/attach" -> {
                e.hijack(MULTIPLEXED);
                boolean stdin = e.target.contains("stdin=1");
                String input = stdin ? new String(e.in.readAllBytes(), StandardCharsets.UTF_8) : "";
                e.frame(1, "out " + input + "\n");
                e.frame(2, "err\n");
            }
            case "/containers/c1/wait" -> {
                e.chunkedHead("application/json");
                e.chunk("{\"StatusCode\":7}\n".getBytes(StandardCharsets.UTF_8));
                e.lastChunk();
            }
            default -> e.noContent();
        }
    }

    @Test
    void runCreatesAttachesWaitsAndStartsAndGivesTheProcessesOwnCode() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(CommandsTest::container)) {
            assertThat(run(daemon, "run --rm --name x busybox true")).isEqualTo(7);
            assertThat(daemon.requests())
                    .containsExactly(
                            "POST /v1.51/containers/create?name=x",
                            "POST /v1.51/containers/c1/attach?stream=1&stdout=1&stderr=1",
                            "POST /v1.51/containers/c1/wait?condition=removed",
                            "POST /v1.51/containers/c1/start");
        }
        assertThat(out.toString()).isEqualTo("out \n");
        assertThat(err.toString()).isEqualTo("WARNING: careful\nerr\n");
    }

    @Test
    void inputGoesToTheProcessAndItsEndIsTold() throws IOException {
        input = "hello";
        try (FakeDaemon daemon = new FakeDaemon(CommandsTest::container)) {
            assertThat(run(daemon, "run -i busybox cat")).isEqualTo(7);
            assertThat(daemon.requests())
                    .contains("POST /v1.51/containers/c1/wait?condition=next-exit");
        }
        assertThat(out.toString()).isEqualTo("out hello\n");
    }

    @Test
    void detachedRunPrintsTheIdOnly() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(CommandsTest::container)) {
            assertThat(run(daemon, "run -d busybox")).isZero();
            assertThat(daemon.requests())
                    .containsExactly(
                            "POST /v1.51/containers/create", "POST /v1.51/containers/c1/start");
            assertThat(daemon.connections()).isEqualTo(1);
        }
        assertThat(out.toString()).isEqualTo("c1\n");
    }

    @Test
    void commandsThatCannotBeRunAre127And126() throws IOException {
        assertThat(startFails("exec: \"nope\": executable file not found in $PATH")).isEqualTo(127);
        assertThat(startFails("stat /x: no such file or directory")).isEqualTo(127);
        assertThat(startFails("exec: \"/etc\": is a directory")).isEqualTo(126);
        assertThat(startFails("exec: \"/x\": permission denied")).isEqualTo(126);
        assertThat(startFails("something else")).isEqualTo(125);
        assertThat(err.toString())
                .contains(
                        "carafe: Error response from daemon: something else\n\nRun 'carafe run --help'");
    }

    private int startFails(String sentence) throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.path().equals("/containers/c1/start")) {
                        e.json(400, "{\"message\":\"" + sentence.replace("\"", "\\\"") + "\"}");
                    } else if (e.path().equals("/containers/c1/attach")) {
                        e.hijack(MULTIPLEXED);
                    } else {
                        container(e);
                    }
                })) {
            return run(daemon, "run --rm busybox x");
        }
    }

    @Test
    void aMissingImageIsPulledOnceUnlessForbidden() throws IOException {
        List<String> seen = new ArrayList<>();
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    boolean first = !seen.contains("/images/create");
                    seen.add(e.path());
                    if (e.path().equals("/containers/create") && first) {
                        e.json(404, "{\"message\":\"No such image: busybox:latest\"}");
                    } else if (e.path().equals("/images/create")) {
                        e.chunkedHead("application/json");
                        e.chunk(
                                "{\"status\":\"Pulling\",\"id\":\"latest\"}\r\n"
                                        .getBytes(StandardCharsets.UTF_8));
                        e.lastChunk();
                    } else {
                        container(e);
                    }
                })) {
            assertThat(run(daemon, "run -d busybox")).isZero();
            assertThat(daemon.requests().get(1))
                    .isEqualTo("POST /v1.51/images/create?fromImage=busybox&tag=latest");
            assertThat(err.toString())
                    .startsWith("Unable to find image 'busybox:latest' locally\nlatest: Pulling\n");
            seen.clear();
            assertThat(run(daemon, "run -d --pull never busybox")).isEqualTo(125);
        }
    }

    /// Also once: this daemon never has it.
    @Test
    void theImageThatIsPulledIsTheOneThatIsMissing() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.path().equals("/images/create")) {
                        e.chunkedHead("application/json");
                        e.lastChunk();
                    } else {
                        e.json(404, "{\"message\":\"No such image: data:1\"}");
                    }
                })) {
            String mount = "--mount type=image,source=data:1,target=/d";
            assertThat(run(daemon, "create " + mount + " busybox")).isEqualTo(125);
            assertThat(daemon.requests())
                    .filteredOn(r -> r.contains("/images/create"))
                    .containsExactly("POST /v1.51/images/create?fromImage=data&tag=1");
            assertThat(err.toString())
                    .startsWith("Unable to find image 'data:1' locally\n")
                    .contains("No such image: data:1");
        }
    }

    @Test
    void theIdFileHoldsTheIdAndMustNotExist() throws IOException {
        Path file = dir.resolve("cid");
        try (FakeDaemon daemon = new FakeDaemon(CommandsTest::container)) {
            assertThat(run(daemon, "create --cidfile " + file + " busybox")).isZero();
            assertThat(Files.readString(file)).isEqualTo("c1");
            assertThat(run(daemon, "create --cidfile " + file + " busybox")).isEqualTo(125);
        }
    }

    @Test
    void execRunsAndGivesTheCommandsOwnCode() throws IOException {
        input = "in";
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    switch (e.path()) {
                        case "/containers/web/exec" -> e.json(201, "{\"Id\":\"e1\"}");
                        case "/exec/e1/start" -> {
                            e.hijack(MULTIPLEXED);
                            e.frame(1, new String(e.in.readAllBytes(), StandardCharsets.UTF_8));
                        }
                        default -> e.json(200, "{\"ExitCode\":3}");
                    }
                })) {
            assertThat(run(daemon, "exec -i -e A=1 -w /x -u 5 web sh -c 'exit 3'")).isEqualTo(3);
            assertThat(daemon.bodies().get(0))
                    .isEqualTo(
                            "{\"User\":\"5\",\"Tty\":false,\"AttachStdin\":true,\"AttachStdout\":true,"
                                    + "\"AttachStderr\":true,\"Env\":[\"A=1\"],\"WorkingDir\":\"/x\",\"Cmd\":[\"sh\",\"-c\",\"exit 3\"]}");
            assertThat(daemon.bodies().get(1)).isEqualTo("{\"Detach\":false,\"Tty\":false}");
        }
        assertThat(out.toString()).isEqualTo("in");
    }

    @Test
    void whatFailsIsToldAndTheRestIsDone() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.path().contains("/nope")) {
                        e.json(404, "{\"message\":\"No such container: nope\"}");
                    } else {
                        e.noContent();
                    }
                })) {
            assertThat(run(daemon, "stop -t 3 a nope b")).isEqualTo(1);
            assertThat(daemon.requests()).contains("POST /v1.51/containers/b/stop?t=3");
            assertThat(out.toString()).isEqualTo("a\nb\n");
            assertThat(err.toString())
                    .isEqualTo("Error response from daemon: No such container: nope\n");
            assertThat(run(daemon, "rm -f nope")).isZero();
            assertThat(run(daemon, "rm nope")).isEqualTo(1);
        }
    }

    @Test
    void anOlderServerIsAskedAgainInItsOwnVersion() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.target.startsWith("/v1.51/")) {
                        e.json(
                                400,
                                "{\"message\":\"client version 1.51 is too new. Maximum supported API version is 1.41\"}");
                    } else {
                        e.json(200, "[]");
                    }
                })) {
            assertThat(run(daemon, "ps")).isZero();
            assertThat(daemon.requests())
                    .containsExactly("GET /v1.51/containers/json", "GET /v1.41/containers/json");
        }
    }

    @Test
    void inspectGathersWhatIsThereAndTellsWhatIsNot() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.path().equals("/images/busybox/json")) {
                        e.json(200, "{\"Id\":\"sha256:1\",\"Config\":{\"Labels\":null}}");
                    } else {
                        e.json(404, "{\"message\":\"no\"}");
                    }
                })) {
            assertThat(run(daemon, "inspect busybox nope")).isEqualTo(1);
            assertThat(out.toString())
                    .isEqualTo(
                            "[\n    {\n        \"Id\": \"sha256:1\",\n        \"Config\": {\n            \"Labels\": null\n        }\n    }\n]\n");
            assertThat(err.toString()).isEqualTo("Error: No such object: nope\n");
            out.reset();
            assertThat(
                            run(
                                    daemon,
                                    "inspect -f '{{.Id}} {{.Config.Labels}} {{index .Config.Labels \"a\"}}|' busybox"))
                    .isZero();
            assertThat(out.toString()).isEqualTo("sha256:1 map[] |\n");
        }
    }

    @Test
    void filtersBecomeTheApisJson() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "[]"))) {
            run(daemon, "ps -aq -f status=exited -f label=a=b -f status=created -n 3");
            assertThat(daemon.requests().get(0))
                    .isEqualTo(
                            "GET /v1.51/containers/json?all=1&limit=3&filters=%7B%22status%22%3A%7B"
                                    + "%22exited%22%3Atrue%2C%22created%22%3Atrue%7D%2C%22label%22%3A%7B%22a%3Db%22%3Atrue%7D%7D");
        }
    }

    @Test
    void loadStreamsTheFileAndShowsTheServersSentence() throws IOException {
        Path tar = Files.writeString(dir.resolve("x.tar"), "tar bytes");
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    e.chunkedHead("application/json");
                    e.chunk(
                            "{\"stream\":\"Loaded image: busybox:latest\\n\"}\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    e.lastChunk();
                })) {
            assertThat(run(daemon, "load -i " + tar)).isZero();
            assertThat(daemon.bodies()).containsExactly("tar bytes");
        }
        assertThat(out.toString()).isEqualTo("Loaded image: busybox:latest\n");
    }

    @Test
    void anErrorInsideAProgressStreamFailsTheCommand() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    e.chunkedHead("application/json");
                    e.chunk(
                            "{\"errorDetail\":{\"message\":\"bad tar\"},\"error\":\"bad tar\"}\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    e.lastChunk();
                })) {
            input = "x";
            assertThat(run(daemon, "load")).isEqualTo(1);
        }
        assertThat(err.toString()).isEqualTo("bad tar\n");
    }

    @Test
    void aFileIsWholeOrNotThereAtAll() throws IOException {
        Path whole = dir.resolve("whole.tar");
        Path cut = dir.resolve("cut.tar");
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    e.chunkedHead("application/x-tar");
                    e.chunk("abc".getBytes(StandardCharsets.UTF_8));
                    if (e.path().contains("good")) {
                        e.lastChunk();
                    } else {
                        e.closeOutput();
                    }
                })) {
            assertThat(run(daemon, "save -o " + whole + " good")).isZero();
            assertThat(run(daemon, "save -o " + cut + " bad")).isEqualTo(1);
        }
        assertThat(whole).hasContent("abc");
        try (var files = Files.list(dir)) {
            assertThat(files.map(p -> p.getFileName().toString())).containsExactly("whole.tar");
        }
    }

    @Test
    void logsAskForWhatTheFlagsSay() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.path().endsWith("/json")) {
                        e.json(200, "{\"Id\":\"c1\",\"Config\":{\"Tty\":false}}");
                    } else {
                        e.write("HTTP/1.1 200 OK\r\nContent-Type: " + MULTIPLEXED + "\r\n\r\n");
                        e.frame(1, "one\n");
                        e.frame(2, "two\n");
                        e.closeOutput();
                    }
                })) {
            assertThat(run(daemon, "logs -t --tail 5 --since 1764054000 web")).isZero();
            assertThat(daemon.requests().get(1))
                    .isEqualTo(
                            "GET /v1.51/containers/c1/logs?stdout=1&stderr=1&timestamps=1&since=1764054000&tail=5");
        }
        assertThat(out.toString()).isEqualTo("one\n");
        assertThat(err.toString()).isEqualTo("two\n");
    }

    @Test
    void configurationGivesHeadersFormatsAndProxies() throws IOException {
        Files.writeString(
                dir.resolve("config.json"),
                "{\"HttpHeaders\":{\"X-Meta\":\"1\"},\"psFormat\":\"{{.Names}}\",\"proxies\":{\"default\":{\"httpProxy\":\"http://p\"}}}");
        List<String> headers = new ArrayList<>();
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    headers.add(String.valueOf(e.headers.get("x-meta")));
                    if (e.path().equals("/containers/json")) {
                        e.json(200, "[{\"Id\":\"1\",\"Names\":[\"/web\"]}]");
                    } else {
                        container(e);
                    }
                })) {
            run(daemon, "ps");
            run(daemon, "create busybox");
            assertThat(daemon.bodies().get(1))
                    .contains("\"Env\":[\"HTTP_PROXY=http://p\",\"http_proxy=http://p\"]");
        }
        assertThat(out.toString()).startsWith("web\n");
        assertThat(headers).containsOnly("1");
    }

    @Test
    void completionOffersCommandsFlagsAndNames() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> e.json(200, "[{\"Names\":[\"/web\"],\"Image\":\"nginx\"}]"))) {
            run(daemon, "__complete st");
            assertThat(out.toString().lines().map(l -> l.split("\t")[0]))
                    .containsExactly("start", "stats", "stop");
            out.reset();
            run(daemon, "__complete stop --ti");
            assertThat(out.toString())
                    .isEqualTo("--timeout\tSeconds to wait before SIGKILL; -1 waits for ever\n");
            out.reset();
            run(daemon, "__complete container stop -t 5 w");
            assertThat(out.toString()).isEqualTo("web\tnginx\n");
            out.reset();
            run(daemon, "__complete run --env-file ''");
            assertThat(out.toString()).isEqualTo(":files\n");
        }
    }

    @Test
    void thePrunesOfTheConfigurationAreFilteredUnlessTheOppositeIsAsked() throws IOException {
        Files.writeString(
                dir.resolve("config.json"), "{\"pruneFilters\":[\"label!=keep\",\"label=old\"]}");
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "{}"))) {
            assertThat(run(daemon, "container prune -f --filter label!=old")).isZero();
            assertThat(daemon.requests())
                    .containsExactly(
                            "POST /v1.51/containers/prune?filters=%7B%22label%21%22%3A%7B%22old%22%3Atrue%2C%22keep%22%3Atrue%7D%7D");
        }
    }

    @Test
    void anObjectsKindThatHasNoSizeSaysSo() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "{}"))) {
            assertThat(run(daemon, "inspect -s --type image x")).isZero();
            assertThat(run(daemon, "inspect --type node x")).isZero();
            assertThat(daemon.requests())
                    .containsExactly("GET /v1.51/images/x/json", "GET /v1.51/nodes/x");
        }
        assertThat(err.toString()).isEqualTo("WARNING: --size ignored for image\n");
    }

    @Test
    void anImageForAnotherPlatformIsPulled() throws IOException {
        try (FakeDaemon daemon =
                new FakeDaemon(e -> {
                    if (e.path().equals("/images/create")) {
                        e.json(500, "{\"message\":\"no registry\"}");
                    } else {
                        e.json(
                                404,
                                "{\"message\":\"image with reference b was found but its platform (a/b) does not match the specified platform (c/d)\"}");
                    }
                })) {
            assertThat(run(daemon, "create --platform linux/arm64 b")).isEqualTo(125);
            assertThat(daemon.requests())
                    .endsWith(
                            "POST /v1.51/images/create?fromImage=b&tag=latest&platform=linux%2Farm64");
        }
        assertThat(err.toString()).startsWith("Unable to find image 'b:latest' locally\n");
    }

    @Test
    void proxiesOfTheConfigurationReachContainersAndBuilds() throws IOException {
        Files.writeString(
                dir.resolve("config.json"),
                "{\"proxies\":{\"default\":{\"httpProxy\":\"http://p:1\",\"noProxy\":\"n\"}}}");
        Files.writeString(dir.resolve("Dockerfile"), "FROM scratch\n");
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "{}"))) {
            run(daemon, "create -e HTTP_PROXY=mine b");
            assertThat(daemon.bodies().get(0))
                    .contains(
                            "\"Env\":[\"http_proxy=http://p:1\",\"NO_PROXY=n\",\"no_proxy=n\",\"HTTP_PROXY=mine\"]");
            run(daemon, "build -q --build-arg no_proxy=mine " + dir);
            assertThat(daemon.requests())
                    .anyMatch(line ->
                            line.startsWith("POST /v1.51/build?")
                                    && line.contains(
                                            "buildargs=%7B%22no_proxy%22%3A%22mine%22%2C%22HTTP_PROXY%22%3A%22http%3A%2F%2Fp%3A1%22%2C%22http_proxy%22%3A%22http%3A%2F%2Fp%3A1%22%2C%22NO_PROXY%22%3A%22n%22%7D"));
        }
    }

    @Test
    void aConfigurationThatIsNoJsonIsToldOfAndNotOverwritten() throws IOException {
        Files.writeString(dir.resolve("config.json"), "{broken");
        try (FakeDaemon daemon =
                new FakeDaemon(e -> e.json(200, e.path().equals("/auth") ? "{}" : "[]"))) {
            assertThat(run(daemon, "ps -q")).isZero();
            assertThat(err.toString()).startsWith("WARNING: Error loading config file: " + dir);
            assertThat(run(daemon, "login -u me -p secret reg:5000")).isEqualTo(1);
            assertThat(err.toString()).contains("will not write " + dir);
        }
        assertThat(dir.resolve("config.json")).hasContent("{broken");
    }

    @Test
    void aFullDiskIsToldAndAClosedPipeIsNot() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "[]"))) {
            List<String> line = List.of("--config", dir.toString(), "-H", daemon.address(), "ps");
            assertThat(runInto("No space left on device", line)).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo("write standard output: No space left on device\n");
            err.reset();
            assertThat(runInto("Broken pipe", line)).isEqualTo(141);
            assertThat(err.toString()).isEmpty();
        }
    }

    private int runInto(String failure, List<String> line) {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(failure);
                    }
                };
        return new CommandLine(
                        new ByteArrayInputStream(new byte[0]),
                        false,
                        new Output(full, false),
                        new Output(err, false))
                .run(line);
    }
}
