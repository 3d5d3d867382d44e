package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.FakeDaemon;
import dev.carafe.cli.Resources;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// listings.jsonl holds what docker's own command line (28.2) printed for the server's answers in
/// answers.json.
class ListingsTest {
    private static final JsonObject ANSWERS = Json.readObject(Resources.text("answers.json"));

    static Stream<JsonObject> recorded() {
        return Resources.objects("listings.jsonl");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void looksAsDockers(JsonObject row) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (FakeDaemon daemon =
                new FakeDaemon(e -> e.json(200, Json.write(ANSWERS.get(e.path()))))) {
            List<String> words =
                    new ArrayList<>(List.of("--config", "/nowhere", "-H", daemon.address()));
            words.addAll(Resources.words(row.text("args")));
            int code =
                    new CommandLine(
                                    InputStream.nullInputStream(),
                                    false,
                                    new Output(out, false),
                                    new Output(err, false))
                            .run(words);
            assertThat(out.toString()).isEqualTo(row.text("prints"));
            assertThat(err.toString()).isEqualTo(row.text("says"));
            assertThat(code).isEqualTo((int) row.number("code"));
        }
    }
}
