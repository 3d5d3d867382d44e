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
        REMOVE("rm"),
        REMOVE_ALL("rm of each of those %d");

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

    /// What a JVM interprets the first times and compiles then, done to each of the many.
    void inspectAll() throws IOException {
        for (String id : idle) {
            try (ApiClient api = new ApiClient(socket)) {
                api.ok("GET", "/containers/" + id + "/json", "");
            }
        }
    }

    /// Does the verb to the container of that round, or of that number among the many.
    void run(Verb verb, int round) throws IOException {
        String path = "/containers/" + (verb == Verb.REMOVE_ALL ? idle : used).get(round);
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
                case REMOVE, REMOVE_ALL -> api.ok("DELETE", path + "?force=1", "");
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
