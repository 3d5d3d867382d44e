package dev.carafe.dockermodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DockerJsonTest {
    private final DockerJson json = new DockerJson();

    @Test
    void namesAreReadInAnyCase() {
        ContainerCreateRequest r =
                json.read(
                        ContainerCreateRequest.class,
                        "{\"image\":\"busybox\",\"hostconfig\":{\"MEMORY\":7}}");
        assertThat(r.image).isEqualTo("busybox");
        assertThat(r.hostConfig.memory).isEqualTo(7);
    }

    @Test
    void aCommandIsAListOrAString() {
        String body = "{\"Cmd\":\"date\",\"Entrypoint\":[\"sh\",\"-c\"]}";
        ContainerCreateRequest r = json.read(ContainerCreateRequest.class, body);
        assertThat(r.cmd).containsExactly("date");
        assertThat(r.entrypoint).containsExactly("sh", "-c");
    }

    @Test
    void nullAndAbsentAndUnknownFieldsAreFine() {
        String body =
                "{\"Cmd\":null,\"Env\":null,\"Tty\":null,\"Nonsense\":{\"a\":[1,{}]},"
                        + "\"ExposedPorts\":{\"80/tcp\":{},\"81/tcp\":null},\"HostConfig\":null}";
        ContainerCreateRequest r = json.read(ContainerCreateRequest.class, body);
        assertThat(r.cmd).isNull();
        assertThat(r.tty).isNull();
        assertThat(r.exposedPorts).containsKeys("80/tcp", "81/tcp");
    }

    @Test
    void argumentsMayBeAsLongAsTheKernelTakesThem() {
        ContainerCreateRequest r = new ContainerCreateRequest();
        r.cmd = List.of("echo", "\"x\n".repeat(30_000));
        r.labels = Map.of("a", "y".repeat(60_000));
        byte[] body = json.write(r);
        ContainerCreateRequest read = json.read(ContainerCreateRequest.class, body);
        assertThat(read.cmd).isEqualTo(r.cmd);
        assertThat(read.labels).isEqualTo(r.labels);
        assertThat(json.readAny(body)).extracting("Cmd").isEqualTo(r.cmd);
    }

    @Test
    void nullAmongStringsIsAnEmptyOne() {
        String body =
                "{\"Labels\":{\"a\":null,\"b\":\"1\"},\"Env\":[null,\"A=1\"],\"Entrypoint\":[\"x\",null],"
                        + "\"HostConfig\":{\"Sysctls\":{\"s\":null},\"Tmpfs\":{\"/t\":null},\"Binds\":[null]}}";
        ContainerCreateRequest r = json.read(ContainerCreateRequest.class, body);
        assertThat(r.labels).containsOnly(Map.entry("a", ""), Map.entry("b", "1"));
        assertThat(r.env).containsExactly("", "A=1");
        assertThat(r.entrypoint).containsExactly("x", "");
        assertThat(r.hostConfig.sysctls).containsOnly(Map.entry("s", ""));
        assertThat(r.hostConfig.tmpfs).containsOnly(Map.entry("/t", ""));
        assertThat(r.hostConfig.binds).containsExactly("");
    }

    @Test
    void goWritesNullForSomeListsAndLeavesOthersOut() {
        HostConfig host = new HostConfig();
        String text = json.text(host);
        assertThat(text).contains("\"CapAdd\":null", "\"Binds\":null", "\"PidsLimit\":null");
        assertThat(text).doesNotContain("Mounts", "Tmpfs", "Init", "ShmSize");
    }

    @Test
    void anExecThatRunsHasANullExitCode() {
        var process = new ExecProcessConfig(false, "sh", List.of(), null, null);
        var exec = new ExecInspect("x", true, null, process, false, true, true, false, "c", "", 7);
        assertThat(json.text(exec)).contains("\"ExitCode\":null", "\"DetachKeys\":\"\"");
    }

    @Test
    void acronymsKeepTheirCase() {
        var state =
                new ContainerState(
                        "exited", false, false, false, true, false, 0, 137, "", "", "", null);
        assertThat(json.text(state)).contains("\"OOMKilled\":true", "\"Pid\":0", "\"StartedAt\"");
        var endpoint = new EndpointSettings();
        endpoint.ipAddress = "172.17.0.2";
        endpoint.ipPrefixLen = 16;
        assertThat(json.text(endpoint))
                .contains(
                        "\"IPAMConfig\":null",
                        "\"IPAddress\":\"172.17.0.2\"",
                        "\"IPPrefixLen\":16");
    }

    @Test
    void setsAreMapsToEmptyObjects() {
        var config = new ContainerConfig();
        config.exposedPorts = Map.of("80/tcp", new Empty());
        assertThat(json.text(config)).contains("\"ExposedPorts\":{\"80/tcp\":{}}");
    }

    @Test
    void aPortThatIsNotPublishedIsNull() {
        var settings = new NetworkSettings();
        settings.ports = new TreeMap<>();
        settings.ports.put("80/tcp", List.of(new PortBinding("0.0.0.0", "8080")));
        settings.ports.put("81/tcp", null);
        assertThat(json.text(settings))
                .contains(
                        "\"Ports\":{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"}],\"81/tcp\":null}")
                .doesNotContain("Bridge");
    }

    @Test
    void badJsonIsTheCallersFault() {
        assertThatThrownBy(() -> json.read(ExecStartRequest.class, "{\"Detach\":"))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> json.read(ExecStartRequest.class, "nonsense"))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> json.read(ExecStartRequest.class, "{\"Detach\":\"x\"}"))
                .isInstanceOf(InvalidArgument.class);
    }
}
