package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Our answers beside those that a dockerd gave to the same requests (`answers/docker-*.json`,
/// recorded from Docker 28.5.2 by {@link Answers}). What differs on purpose stands in
/// `answers/known.txt`, with the reason.
class AnswersIT {
    /// A place in an answer, and why it differs there.
    private record Known(Pattern place, String line) {
        static List<Known> all() {
            return Answers.resource("known.txt")
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> new Known(Pattern.compile(l.split(" {2,}", 2)[0]), l))
                    .toList();
        }
    }

    @Test
    void answersAreThoseOfDockerd() {
        Map<String, String> differences = new TreeMap<>();
        try (Carafe carafe = Carafe.start("answer")) {
            carafe.docker("rmi", "carafe/hello").ok();
            for (String version : Answers.VERSIONS) {
                Map<String, JsonNode> ours = new Answers(carafe.socket(), version).run();
                compare(version, ours, differences);
            }
        }
        TreeSet<String> unused = new TreeSet<>();
        for (Known k : Known.all()) {
            if (!differences.keySet().removeIf(at -> k.place().matcher(at).matches())) {
                unused.add(k.line());
            }
        }
        assertThat(differences).as("unknown differences").isEmpty();
        assertThat(unused).as("known differences that are none any more").isEmpty();
    }

    private static void compare(
            String version, Map<String, JsonNode> ours, Map<String, String> differences) {
        Map<String, JsonNode> docker = Answers.recorded(version);
        assertThat(ours.keySet()).containsExactlyElementsOf(docker.keySet());
        docker.forEach((step, answer) ->
                Answers.differences(step, answer, ours.get(step))
                        .forEach((at, how) -> differences.put(at, version + ": " + how)));
    }
}
