package dev.carafe.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Containers over the API and by whole commands, engine by engine in turn.
///
/// Arguments: `NAME=SOCKET[=COMMAND]` for each engine, e.g.
/// `carafe=/run/carafe/carafe.sock=dist/carafe/bin/carafe`, the first one is ours; `-n ROUNDS`;
/// `--crun BUNDLE` adds crun's bare run of a bundle. Each engine must have the image `busybox`.
public final class Bench {
    private record Engine(String name, Path socket, List<String> command) {
        static Engine parse(String text) {
            String[] parts = text.split("=", 3);
            return new Engine(
                    parts[0],
                    Path.of(parts[1]),
                    parts.length > 2 ? List.of(parts[2].split(" ")) : List.of());
        }
    }

    private static final String CRUN = "crun";
    private static final int WARM_UP = 200;

    private interface Operation {
        void run(Engine engine) throws Exception;
    }

    private final List<Engine> engines = new ArrayList<>();
    private final Report report = new Report();
    private int rounds = 20;
    private @Nullable String bundle;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Bench bench = new Bench();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("-n")) {
                bench.rounds = Integer.parseInt(args[++i]);
            } else if (args[i].equals("--crun")) {
                bench.bundle = args[++i];
            } else {
                bench.engines.add(Engine.parse(args[i]));
            }
        }
        bench.run();
    }

    private void run() throws Exception {
        List<String> columns = new ArrayList<>(engines.stream().map(Engine::name).toList());
        if (bundle != null) {
            columns.add(CRUN);
        }
        report.head(columns);
        firstLives();
        bareRun();
        for (String network : List.of("none", "bridge")) {
            measure("API create+start+wait+rm, " + network, rounds, e -> whole(e, network));
        }
        firstByte("none");
        firstByte("bridge");
        parallel("none", 2);
        parallel("bridge", 2);
        logs();
        verbs();
        copies();
        command("run --rm busybox true", "run", "--rm", "busybox", "true");
        command(
                "run --rm --network none busybox true",
                "run",
                "--rm",
                "--network",
                "none",
                "busybox",
                "true");
        command("version", "version");
        command("ps", "ps");
        report.write(Path.of("target/bench.md"));
    }

    /// What a daemon that was just started needs, and then enough of it that a JVM is warm.
    private void firstLives() throws Exception {
        for (int i = 0; i < 10; i++) {
            for (Engine engine : engines) {
                long start = System.nanoTime();
                whole(engine, "none");
                report.add(engine.name, start);
            }
        }
        report.row("API create+start+wait+rm, none, the first 10 of a new daemon");
        for (int i = 0; i < WARM_UP; i++) {
            whole(engines.getFirst(), i % 2 == 0 ? "none" : "bridge");
        }
    }

    /// The whole life of a container in turn: over our API, and by crun on a bundle (which has no
    /// engine around it).
    private void bareRun() throws Exception {
        if (bundle == null) {
            return;
        }
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            whole(engines.getFirst(), "none");
            report.add(engines.getFirst().name, start);
            start = System.nanoTime();
            exec(List.of("crun", "run", "-b", bundle, "bench" + i));
            report.add(CRUN, start);
        }
        report.row("whole life, none (crun: a bare run)");
    }

    private static void exec(List<String> words) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + words);
        }
    }

    private void measure(String name, int times, Operation operation) throws Exception {
        for (Engine engine : engines) {
            operation.run(engine);
        }
        for (int i = 0; i < times; i++) {
            for (Engine engine : engines) {
                long start = System.nanoTime();
                operation.run(engine);
                report.add(engine.name, start);
            }
        }
        report.row(name);
    }

    private void logs() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Engine engine : engines) {
            long start = System.nanoTime();
            ids.add(new LogBench(engine.socket).store());
            report.add(engine.name, start);
        }
        report.row("logs: store %d MB of 100-byte lines".formatted(LogBench.MEGABYTES));
        readLogs("read %d MB back".formatted(LogBench.MEGABYTES), ids, "", 1);
        readLogs("the last 10 lines, the first times", ids, "&tail=10", rounds);
        for (int i = 0; i < WARM_UP; i++) {
            for (int k = 0; k < ids.size(); k++) {
                new LogBench(engines.get(k).socket).readBack(ids.get(k), "&tail=10");
            }
        }
        readLogs("the last 10 lines, after some hundred", ids, "&tail=10", rounds);
        for (int k = 0; k < ids.size(); k++) {
            new LogBench(engines.get(k).socket).remove(ids.get(k));
        }
    }

    private void readLogs(String what, List<String> ids, String more, int times)
            throws IOException {
        for (int i = 0; i < times; i++) {
            for (int k = 0; k < ids.size(); k++) {
                long start = System.nanoTime();
                new LogBench(engines.get(k).socket).readBack(ids.get(k), more);
                report.add(engines.get(k).name, start);
            }
        }
        report.row("logs: " + what);
    }

    /// Each verb on a container of its own for each round, among many others.
    private void verbs() throws IOException {
        List<VerbBench> benches = new ArrayList<>();
        for (Engine engine : engines) {
            VerbBench bench = new VerbBench(engine.socket);
            bench.fill(rounds);
            benches.add(bench);
        }
        for (VerbBench.Verb verb : VerbBench.Verb.values()) {
            if (verb == VerbBench.Verb.INSPECT) {
                for (VerbBench bench : benches) {
                    bench.inspectAll();
                }
            }
            boolean many = verb == VerbBench.Verb.REMOVE_ALL;
            for (int round = 0; round < (many ? VerbBench.CONTAINERS : rounds); round++) {
                for (int i = 0; i < benches.size(); i++) {
                    long start = System.nanoTime();
                    benches.get(i).run(verb, round);
                    report.add(engines.get(i).name, start);
                }
            }
            report.row(verb.title());
        }
    }

    private void copies() throws IOException {
        List<CopyBench> benches = new ArrayList<>();
        for (Engine engine : engines) {
            benches.add(new CopyBench(engine.socket));
        }
        for (boolean in : new boolean[] {true, false}) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < benches.size(); i++) {
                    long start = System.nanoTime();
                    if (in) {
                        benches.get(i).in();
                    } else {
                        benches.get(i).out();
                    }
                    report.add(engines.get(i).name, start);
                }
            }
            report.row("API cp of %d MB %s".formatted(CopyBench.FILES, in ? "in" : "out"));
        }
        for (CopyBench bench : benches) {
            bench.remove();
        }
    }

    private static String spec(String network, String... command) {
        return "{\"Image\":\"busybox\",\"Cmd\":[\""
                + String.join("\",\"", command)
                + "\"],\"HostConfig\":{\"NetworkMode\":\""
                + network
                + "\"}}";
    }

    private static void whole(Engine engine, String network) throws IOException {
        try (ApiClient api = new ApiClient(engine.socket);
                ApiClient wait = new ApiClient(engine.socket)) {
            String id = api.ok("POST", "/containers/create", spec(network, "true")).field("Id");
            String waiting = wait.waitForNextExit(id);
            api.ok("POST", "/containers/" + id + "/start", "");
            wait.body(waiting);
            api.ok("DELETE", "/containers/" + id, "");
        }
    }

    private void firstByte(String network) throws IOException {
        for (int i = 0; i < rounds; i++) {
            for (Engine engine : engines) {
                try (ApiClient api = new ApiClient(engine.socket);
                        ApiClient stream = new ApiClient(engine.socket)) {
                    String id =
                            api.ok("POST", "/containers/create", spec(network, "echo", "hi"))
                                    .field("Id");
                    InputStream output = stream.attach(id);
                    long start = System.nanoTime();
                    api.post("/containers/" + id + "/start");
                    if (output.read() < 0) {
                        throw new IOException("no output");
                    }
                    report.add(engine.name, start);
                    api.answer();
                    output.readAllBytes();
                    api.ok("DELETE", "/containers/" + id + "?force=1", "");
                }
            }
        }
        report.row("API start to first byte, " + network);
    }

    private void parallel(String network, int times) throws Exception {
        for (int i = 0; i <= times; i++) {
            for (Engine engine : engines) {
                long start = System.nanoTime();
                List<String> ids = startMany(engine, network);
                if (i > 0) {
                    report.add(engine.name, start);
                }
                removeAll(engine, ids);
            }
        }
        report.row("API 50 x create+start in parallel, " + network);
    }

    private static List<String> startMany(Engine engine, String network) throws Exception {
        List<String> ids = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Callable<String>> starts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                starts.add(() -> {
                    try (ApiClient api = new ApiClient(engine.socket)) {
                        String id =
                                api.ok("POST", "/containers/create", spec(network, "sleep", "300"))
                                        .field("Id");
                        api.ok("POST", "/containers/" + id + "/start", "");
                        return id;
                    }
                });
            }
            for (Future<String> id : threads.invokeAll(starts)) {
                ids.add(id.get());
            }
        }
        return ids;
    }

    private static void removeAll(Engine engine, List<String> ids) throws IOException {
        try (ApiClient api = new ApiClient(engine.socket)) {
            for (String id : ids) {
                api.ok("DELETE", "/containers/" + id + "?force=1", "");
            }
        }
    }

    private void command(String name, String... words) throws Exception {
        measure(
                "command " + name,
                rounds,
                engine -> {
                    List<String> all = new ArrayList<>(engine.command);
                    all.addAll(List.of("-H", "unix://" + engine.socket));
                    all.addAll(List.of(words));
                    exec(all);
                });
    }
}
