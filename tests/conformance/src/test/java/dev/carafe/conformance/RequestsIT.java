package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that Docker's own clients do not send, over the bare API.
class RequestsIT {
    private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("requests");
        carafe.docker("run", "-d", "--name", "up", "busybox", "top").ok();
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/commit",
                "/containers/create",
                "/containers/nobody/exec",
                "/containers/nobody/update",
                "/exec/nobody/start",
                "/networks/create",
                "/networks/bridge/connect",
                "/networks/bridge/disconnect",
                "/volumes/create",
            })
    void bodiesAreJsonAndSaySo(String path) {
        assertThat(post(path, "text/plain", "{}"))
                .contains(
                        "unsupported Content-Type header (text/plain): must be 'application/json'")
                .endsWith("400");
        assertThat(post(path, "application/json; charset=utf-8", "{bad"))
                .contains("invalid JSON: invalid character 'b' looking for beginning of object key")
                .endsWith("400");
        assertThat(post(path, "application/json", "{} more"))
                .contains("unexpected content after JSON")
                .endsWith("400");
    }

    @ParameterizedTest
    @CsvSource({"-1, out of range", "4294967296, out of range", "x, invalid syntax", "+1, invalid"})
    void sizesOfTerminalsAreUnsigned(String size, String why) {
        assertThat(post("/containers/up/resize?w=1&h=" + size.replace("+", "%2B"), "", ""))
                .contains("invalid resize height", why)
                .endsWith("400");
    }

    @Test
    void execsOfUnknownUsersAreRefusedWhenTheyAreMade() {
        assertThat(
                        post(
                                "/containers/up/exec",
                                "application/json",
                                "{\"Cmd\":[\"true\"],\"User\":\"nobody-here\"}"))
                .contains("unable to find user nobody-here: no matching entries in passwd file")
                .endsWith("400");
    }

    @Test
    void theStartOfAnExecSaysWhetherItsOutputIsFramed() {
        String size = "{\"Tty\":true,\"AttachStdout\":true,\"ConsoleSize\":[57,123],";
        String exec =
                post(
                        "/containers/up/exec",
                        "application/json",
                        size + "\"Cmd\":[\"stty\",\"size\"]}");
        String output = post("/exec/" + id(exec) + "/start", "application/json", "{}");
        assertThat(output).startsWith("\u0001\0\0\0").contains("57 123");
    }

    @Test
    void imagesAreNotNamedAsDigestsAndGoOneAtATime() {
        assertThat(post("/images/busybox/tag?repo=sha256&tag=x", "", ""))
                .contains("refusing to create an ambiguous tag using digest algorithm as name")
                .endsWith("400");
        String platform = "platform=%7B%22os%22:%22linux%22,%22architecture%22:%22amd64%22%7D";
        assertThat(carafe.api("/images/busybox/get?" + platform + "&" + platform).out())
                .contains("multiple platform parameters not supported");
        assertThat(post("/images/create?fromSrc=-&platform=macos/arm64", "", ""))
                .contains("operating system is not supported")
                .endsWith("400");
    }

    @Test
    void oldClientsGetWhatTheirVersionHad() {
        String body =
                "{\"Image\":\"busybox\",\"Cmd\":[\"top\"],\"HostConfig\":{\"Annotations\":{\"a\":\"b\"}}}";
        String old = id(post("/v1.39/containers/create", "application/json", body));
        assertThat(carafe.docker("inspect", "-f", "{{.HostConfig.Annotations}}", old).ok())
                .startsWith("map[]");
        String limit = "{\"PidsLimit\":7}";
        assertThat(post("/v1.39/containers/" + old + "/update", "application/json", limit))
                .endsWith("200");
        assertThat(carafe.docker("inspect", "-f", "{{.HostConfig.PidsLimit}}", old).ok())
                .startsWith("<nil>");
        assertThat(post("/containers/" + old + "/update", "application/json", limit))
                .endsWith("200");
        assertThat(post("/containers/" + old + "/update", "application/json", "{\"PidsLimit\":-2}"))
                .endsWith("200");
        assertThat(carafe.docker("inspect", "-f", "{{.HostConfig.PidsLimit}}", old).ok())
                .startsWith("0");
        carafe.docker("rm", old).ok();
    }

    /// The answer's body, and behind it the status.
    private static String post(String path, String type, String body) {
        return carafe.api(
                        path,
                        "-X",
                        "POST",
                        "-H",
                        "Content-Type: " + type,
                        "-d",
                        body,
                        "-w",
                        "%{http_code}")
                .out();
    }

    private static String id(String answer) {
        Matcher m = ID.matcher(answer);
        assertThat(m.find()).as(answer).isTrue();
        return m.group(1);
    }
}
