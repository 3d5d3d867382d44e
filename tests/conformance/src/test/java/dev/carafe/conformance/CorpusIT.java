package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Dockerfiles of all kinds, built by docker's command line; configuration, history and files of
/// their images are those that were recorded: `by` a dockerd where its classic builder knows what
/// the case needs, else `by carafe`, and read by somebody (`corpus-record.sh`).
class CorpusIT {
    private static final Path CORPUS = Path.of("src/test/resources/corpus").toAbsolutePath();
    private static final Path SCRIPTS = Path.of("src/test/sh").toAbsolutePath();
    private static final int AT_ONCE = 3;

    private static Carafe carafe;
    private static ExecutorService workers;
    private static final Map<String, Future<String>> FACTS = new TreeMap<>();

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("corpus");
        workers = Executors.newFixedThreadPool(AT_ONCE);
        // the first writes down what the base has
        script("image-facts.sh", "busybox", carafe.home().resolve("facts").toString()).ok();
        for (String name : cases().toList()) {
            FACTS.put(name, workers.submit(() -> facts(name)));
        }
    }

    @AfterAll
    static void stop() {
        workers.shutdownNow();
        carafe.close();
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            List<String> names =
                    files.filter(Files::isDirectory)
                            .map(f -> f.getFileName().toString())
                            .sorted()
                            .toList();
            assertThat(names).hasSizeGreaterThan(40);
            return names.stream();
        }
    }

    private static Command script(String name, String... words) {
        Stream<String> all =
                Stream.concat(Stream.of("sh", SCRIPTS.resolve(name).toString()), Stream.of(words));
        return Command.run(
                all.toList(),
                new byte[0],
                Map.of(
                        "DOCKER_HOST",
                        "unix://" + carafe.socket(),
                        "DOCKER_CONFIG",
                        carafe.home().resolve("config").toString()));
    }

    private static String facts(String name) {
        script(
                        "corpus-build.sh",
                        CORPUS.toString(),
                        name,
                        carafe.home().resolve("contexts").toString())
                .ok();
        return script("image-facts.sh", "corpus:" + name, carafe.home().resolve("facts").toString())
                .ok();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theImageIsTheRecordedOne(String name)
            throws IOException, InterruptedException, TimeoutException, ExecutionException {
        String recorded = Files.readString(CORPUS.resolve(name + ".expected"));
        assertThat(recorded).startsWith("by ");
        Future<String> facts = FACTS.get(name);
        assertThat(facts.get(5, TimeUnit.MINUTES).lines())
                .containsExactlyElementsOf(recorded.stripTrailing().lines().skip(1).toList());
    }
}
