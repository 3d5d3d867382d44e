package dev.carafe.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Single verbs of one engine that has many containers.
final class VerbBench {
    /// Beside the one that a verb is done to.
    static final int CONTAINERS = 500;

    /// What is measured, in this order; the container of the steps before is there.
    enum Verb {
        LIST("list all of %d containers"),
        FIRST_INSPECT("inspect one of %d containers, the first times"),
        INSPECT("inspect one of %d containers, after some hundred"),
        START("start"),
        EXEC("exec true, to its end"),
        STATS("stats, one shot"),
        TOP("top"),
        STOP("stop of a program that ends at once"),
        RESTART("start again"),
        KILL("kill"),
        REMOVE("rm");

        private final String text;

        Verb(String text) {
            this.text = text;
        }

        String title() {
            return "API " + text.formatted(CONTAINERS);
        }
    }

    private static final String SPEC =
            """
            {"Image":"busybox","Cmd":["sleep","300"],"StopSignal":"SIGKILL",\
            "HostConfig":{"NetworkMode":"none"}}\
            """;

    private final Path socket;
    private final List<String> idle = new ArrayList<>();
    private final List<String> used = new ArrayList<>();

    VerbBench(Path socket) {
        this.socket = socket;
    }

    /// Makes the many containers, and one for each round.
    void fill(int rounds) throws IOException {
        try (ApiClient api = new ApiClient(socket)) {
            for (int i = 0; i < CONTAINERS; i++) {
                idle.add(create(api));
            }
            for (int i = 0; i < rounds; i++) {
                used.add(create(api));
            }
        }
    }

    private static String create(ApiClient api) throws IOException {
        return api.ok("POST", "/containers/create", SPEC).field("Id");
    }

    void clear() throws IOException {
        try (ApiClient api = new ApiClient(socket)) {
            for (String id : idle) {
                api.ok("DELETE", "/containers/" + id, "");
            }
        }
    }

    /// What a JVM interprets the first times and compiles then, done often enough that it is.
    void warm(Verb verb, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            run(verb, 0);
        }
    }

    /// Does the verb to the container of that round.
    void run(Verb verb, int round) throws IOException {
        String path = "/containers/" + used.get(round);
        try (ApiClient api = new ApiClient(socket)) {
            switch (verb) {
                case LIST -> api.ok("GET", "/containers/json?all=1", "");
                case FIRST_INSPECT, INSPECT -> api.ok("GET", path + "/json", "");
                case START, RESTART -> api.ok("POST", path + "/start", "");
                case EXEC -> exec(api, path);
                case STATS -> api.ok("GET", path + "/stats?stream=0&one-shot=1", "");
                case TOP -> api.ok("GET", path + "/top", "");
                case STOP -> api.ok("POST", path + "/stop", "");
                case KILL -> api.ok("POST", path + "/kill", "");
                case REMOVE -> api.ok("DELETE", path + "?force=1", "");
            }
        }
    }

    private static void exec(ApiClient api, String path) throws IOException {
        String id =
                api.ok("POST", path + "/exec", "{\"Cmd\":[\"true\"],\"AttachStdout\":true}")
                        .field("Id");
        try (InputStream output = api.hijack("/exec/" + id + "/start", "{}")) {
            output.readAllBytes();
        }
    }
}
