package dev.carafe.cli.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.Resources;
import dev.carafe.cli.command.FlagTables;
import dev.carafe.cli.flags.FlagParser;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.dockermodel.ContainerCreateRequest;
import dev.carafe.dockermodel.DockerJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// requests.jsonl holds the bodies that docker's own command line (28.2) sends for the same flags.
class CreateRequestTest {
    @TempDir static Path dir;

    static Stream<JsonObject> recorded() throws IOException {
        Files.writeString(
                dir.resolve("seccomp.json"), "{\n \"defaultAction\": \"SCMP_ACT_ALLOW\"\n}\n");
        return Resources.text("requests.jsonl")
                .replace("@DIR@", dir.toString())
                .replace("@CWD@", System.getProperty("user.dir"))
                .replace("@HOME@", String.valueOf(System.getenv("HOME")))
                .lines()
                .map(Json::readObject);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void meansTheSameAsDockersRequest(JsonObject row) {
        JsonObject ours = request(row.text("flags"));
        assertThat(Json.write(essence(ours), "  "))
                .isEqualTo(Json.write(essence(row.object("body")), "  "));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void isUnderstoodByTheModelOfTheApiWithoutLoss(JsonObject row) {
        JsonObject ours = request(row.text("flags"));
        DockerJson codec = new DockerJson();
        ContainerCreateRequest read =
                codec.read(
                        ContainerCreateRequest.class,
                        Json.write(ours).getBytes(StandardCharsets.UTF_8));
        Object back = Json.read(codec.write(read));
        assertThat(Json.write(essence(back), "  ")).isEqualTo(Json.write(essence(ours), "  "));
    }

    @Test
    void onlyWhatTheUserSaidIsSent() {
        assertThat(Json.write(request("busybox true")))
                .isEqualTo(
                        "{\"Cmd\":[\"true\"],\"Image\":\"busybox\",\"AttachStdin\":false,\"AttachStdout\":true,"
                                + "\"AttachStderr\":true,\"HostConfig\":{}}");
    }

    @Test
    void detachedContainersHaveNoAttachedStreamsAndKeepTheirInputOpen() {
        JsonObject body = request("-d -i busybox");
        assertThat(
                        body.bool("AttachStdin")
                                || body.bool("AttachStdout")
                                || body.bool("AttachStderr"))
                .isFalse();
        assertThat(body.bool("OpenStdin")).isTrue();
        assertThat(body.containsKey("StdinOnce")).isFalse();
    }

    @Test
    void unconfinedSystemPathsAreEmptyListsNotAnOption() {
        JsonObject host =
                request("--security-opt systempaths=unconfined busybox").object("HostConfig");
        assertThat(Json.write(host)).isEqualTo("{\"MaskedPaths\":[],\"ReadonlyPaths\":[]}");
    }

    @Test
    void filesOfEnvironmentAndLabelsComeBeforeFlags() throws IOException {
        Files.writeString(
                dir.resolve("env"), "\uFEFF# comment\nA=1\n\n  B= two \nNOT_SET_ANYWHERE\n");
        Files.writeString(dir.resolve("labels"), "l1=v1\nl2\r\nz=0");
        JsonObject body =
                request(
                        "--env-file "
                                + dir
                                + "/env -e Z=1 --label-file "
                                + dir
                                + "/labels -l z=1 busybox");
        assertThat(body.texts("Env")).containsExactly("A=1", "B= two ", "Z=1");
        assertThat(Json.write(body.object("Labels")))
                .isEqualTo("{\"l1\":\"v1\",\"l2\":\"\",\"z\":\"1\"}");
    }

    @Test
    void proxiesOfTheConfigurationComeFirst() {
        Parsed flags =
                new FlagParser(FlagTables.of("run"), false).parse(List.of("-e", "A=1", "busybox"));
        assertThat(CreateRequest.of(flags, List.of("HTTP_PROXY=x")).texts("Env"))
                .containsExactly("HTTP_PROXY=x", "A=1");
    }

    private static JsonObject request(String line) {
        List<String> words = new ArrayList<>();
        for (String word : Resources.words(line)) {
            words.add(word);
        }
        return CreateRequest.of(
                new FlagParser(FlagTables.of("run"), false).parse(words), List.of());
    }

    /// Without what is empty or the default, and without orders that mean nothing.
    private static Object essence(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> kept = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = String.valueOf(entry.getKey());
                Object inner =
                        key.equals("Binds") && entry.getValue() instanceof List<?> list
                                ? new ArrayList<Object>(
                                        new TreeSet<>(list.stream().map(String::valueOf).toList()))
                                : essence(entry.getValue());
                if (matters(key, inner)) {
                    kept.put(key, inner);
                }
            }
            return kept;
        }
        return value instanceof List<?> list
                ? list.stream().map(CreateRequestTest::essence).toList()
                : value;
    }

    private static boolean matters(String key, Object value) {
        boolean keyOfAMap = key.contains("/") || key.length() <= 2;
        return switch (key) {
            case "NetworkMode" -> !"default".equals(value);
            case "RestartPolicy" ->
                    !Json.write(value).equals("{\"Name\":\"no\"}")
                            && !((Map<?, ?>) value).isEmpty();
            case "ConsoleSize" -> false;
            case "MemorySwappiness" -> value != null && !Long.valueOf(-1).equals(value);
            case "default" -> !((Map<?, ?>) value).isEmpty();
            default -> {
                boolean empty =
                        value == null
                                || Boolean.FALSE.equals(value)
                                || Long.valueOf(0).equals(value)
                                || "".equals(value)
                                || (value instanceof List<?> list && list.isEmpty());
                boolean emptyObject = value instanceof Map<?, ?> map && map.isEmpty();
                yield keyOfAMap ? value != null : !empty && !emptyObject;
            }
        };
    }
}
