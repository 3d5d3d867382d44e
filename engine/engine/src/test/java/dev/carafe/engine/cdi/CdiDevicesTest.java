package dev.carafe.engine.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Internal;
import dev.carafe.engine.config.ResourceConfig.DeviceRequest;
import dev.carafe.oci.runtime.Device;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Resources.DeviceRule;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdiDevicesTest {
    private static final String YAML =
            """
            ---
            cdiVersion: 0.6.0
            kind: vendor.com/net
            containerEdits:
              env: [A=all, B=mine]
              additionalGids: [0, 44]
            devices:
              - name: one
                containerEdits:
                  deviceNodes:
                    - {path: /dev/own, hostPath: /dev/null, permissions: rw}
                    - path: /dev/given
                      type: c
                      major: 10
                      minor: 200
                      fileMode: 0o640
                      uid: 7
                  mounts:
                    - {hostPath: /opt/lib, containerPath: /usr/lib/v, options: [ro, nosuid, bind]}
                  hooks:
                    - {hookName: createContainer, path: /bin/hook, args: [hook, x], timeout: 5}
              - name: "0"
                containerEdits: {env: [C=0]}
            """;

    @TempDir private Path low;
    @TempDir private Path high;
    private CdiDevices devices;

    @BeforeEach
    void specifications() throws IOException {
        Files.writeString(low.resolve("net.yaml"), YAML);
        devices = new CdiDevices(List.of(low, high, low.resolve("none")));
    }

    @Test
    void editsOfTheFileComeOnceAndThoseOfEachDeviceFollow() {
        Spec spec = devices.inject(spec(), List.of(cdi("vendor.com/net=0", "vendor.com/net=one")));
        assertThat(spec.process().env()).containsExactly("PATH=/bin", "B=mine", "A=all", "C=0");
        assertThat(spec.process().user().additionalGids()).containsExactly(3L, 44L);
        assertThat(spec.linux().devices())
                .containsExactly(
                        new Device("c", "/dev/own", 1, 3, 0666, 5L, null),
                        new Device("c", "/dev/given", 10, 200, 0640, 7L, null));
        assertThat(spec.linux().resources().devices())
                .containsExactly(
                        new DeviceRule(true, "c", 1L, 3L, "rw"),
                        new DeviceRule(true, "c", 10L, 200L, "rwm"));
        assertThat(spec.mounts())
                .containsExactly(
                        new Mount("/proc", "proc", "proc", List.of()),
                        new Mount(
                                "/usr/lib/v", "bind", "/opt/lib", List.of("ro", "nosuid", "bind")));
        assertThat(spec.hooks().createContainer())
                .singleElement()
                .satisfies(hook -> assertThat(hook.args()).containsExactly("hook", "x"));
    }

    @Test
    void laterFoldersWinAndTwoOfOneFolderLeaveNone() throws IOException {
        Files.writeString(high.resolve("net.json"), json("one", "D=high"));
        assertThat(devices.inject(spec(), List.of(cdi("vendor.com/net=one"))).process().env())
                .contains("D=high")
                .doesNotContain("A=all");
        assertThat(devices.list().devices())
                .containsOnlyKeys("vendor.com/net=0", "vendor.com/net=one");
        Files.writeString(high.resolve("other.json"), json("one", "E=too"));
        CdiDevices.Found found = devices.list();
        assertThat(found.devices()).containsOnlyKeys("vendor.com/net=0");
        assertThat(found.problems())
                .singleElement()
                .asString()
                .contains("conflicting device \"vendor.com/net=one\"");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(
                        () -> devices.inject(spec(), List.of(cdi("vendor.com/net=two", "a.b/c=d"))))
                .isInstanceOf(Internal.class)
                .hasMessageContaining(
                        "CDI device injection failed: unresolvable CDI devices vendor.com/net=two,"
                                + " a.b/c=d");
        DeviceRequest gpus =
                new DeviceRequest("", -1, List.of(), List.of(List.of("gpu")), Map.of());
        assertThatThrownBy(() -> devices.inject(spec(), List.of(gpus)))
                .hasMessageContaining(
                        "could not select device driver \"\" with capabilities: [[gpu]]");
        assertThatThrownBy(() -> new CdiDevices(List.of()).inject(spec(), List.of(cdi("a.b/c=d"))))
                .hasMessageContaining(
                        "could not select device driver \"cdi\" with capabilities: []");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'cdiVersion': '9.0.0'}|invalid or unsupported cdiVersion \"9.0.0\"",
                "{'cdiVersion': '0.6.0', 'kind': 'x'}|invalid kind \"x\"",
                "{'cdiVersion': '0.6.0', 'kind': 'x/y', 'devices': [{'name': '.'}]}|invalid device name \".\"",
                "{'cdiVersion': '0.6.0', 'kind': 'x/y', 'devices': [{'name': 'a', 'containerEdits': {'env': ['x']}}]}|invalid environment variable \"x\"",
                "{'cdiVersion': '0.6.0', 'kind': 'x/y', 'devices': [{'name': 'a', 'containerEdits': {'hooks': [{'hookName': 'z'}]}}]}|invalid hook name \"z\"",
                "{'cdiVersion': [|no valid YAML",
                "17|the specification must be an object",
            })
    void aFaultyFileIsToldAndDoesNotHideTheOthers(String text, String why) throws IOException {
        Files.writeString(high.resolve("bad.json"), text.replace('\'', '"'));
        CdiDevices.Found found = devices.list();
        assertThat(found.devices()).hasSize(2);
        assertThat(found.problems()).singleElement().asString().contains(why).contains("bad.json");
    }

    private static String json(String name, String variable) {
        return """
        {"cdiVersion": "0.5.0", "kind": "vendor.com/net",
         "devices": [{"name": "%s", "containerEdits": {"env": ["%s"]}}]}
        """
                .formatted(name, variable);
    }

    @Test
    void jsonMayHaveTabs() throws IOException {
        Files.writeString(
                high.resolve("tabs.json"),
                """
                {
                \t"cdiVersion": "0.5.0",
                \t"kind": "tab.com/x",
                \t"devices": [
                \t\t{"name": "y",
                \t\t "containerEdits": {"deviceNodes": [{"path": "/dev/z", "type": "c", "major": 1, "minor": 3}]}}
                \t]
                }
                """);
        assertThat(devices.list().devices()).containsKey("tab.com/x=y");
        assertThat(devices.inject(spec(), List.of(cdi("tab.com/x=y"))).linux().devices())
                .containsExactly(new Device("c", "/dev/z", 1, 3, null, 5L, null));
    }

    private static DeviceRequest cdi(String... names) {
        return new DeviceRequest("cdi", 0, List.of(names), List.of(), Map.of());
    }

    private static Spec spec() {
        return SpecJson.spec(
                """
                {"process": {"args": ["sh"], "env": ["PATH=/bin", "B=before"],
                             "user": {"uid": 5, "gid": 0, "additionalGids": [3]}},
                 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
                 "linux": {"resources": {}}}
                """
                        .getBytes(StandardCharsets.UTF_8));
    }
}
