package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.config.PostedBuild.Output;
import dev.carafe.dockerapi.http.Query;
import dev.carafe.dockermodel.DockerJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostedBuildWireTest {
    private final PostedBuildWire wire = new PostedBuildWire(new DockerJson());

    private Map<String, String> attrs(String query) {
        return wire.attrs(Query.parse(query));
    }

    @Test
    void whatIsAskedIsToldInBuildKitsTerms() {
        assertThat(
                        attrs(
                                "dockerfile=D&target=t&nocache=1&pull=1&platform=linux/arm64"
                                        + "&labels=%7B%22l%22%3A%22v%22%7D"
                                        + "&buildargs=%7B%22A%22%3A%221%22%2C%22B%22%3Anull%7D"
                                        + "&networkmode=host&shmsize=65536&extrahosts=h:1.2.3.4"
                                        + "&cachefrom=%5B%22a%22%2C%22b%22%5D&cgroupparent=g"
                                        + "&ulimits=%5B%7B%22Name%22%3A%22nofile%22%2C%22Soft%22%3A1%2C%22Hard%22%3A2%7D%5D"))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("filename", "D"),
                                Map.entry("target", "t"),
                                Map.entry("no-cache", ""),
                                Map.entry("image-resolve-mode", "pull"),
                                Map.entry("platform", "linux/arm64"),
                                Map.entry("label:l", "v"),
                                Map.entry("build-arg:A", "1"),
                                Map.entry("force-network-mode", "host"),
                                Map.entry("shm-size", "65536"),
                                Map.entry("add-hosts", "h=1.2.3.4"),
                                Map.entry("cache-from", "a,b"),
                                Map.entry("cgroup-parent", "g"),
                                Map.entry("ulimit", "nofile=1:2")));
    }

    @Test
    void contextsHereHaveNoAddress() {
        assertThat(attrs("remote=client-session")).doesNotContainKey("context");
        assertThat(attrs("remote=upload-request")).doesNotContainKey("context");
        assertThat(attrs("remote=https://h/r.git")).containsEntry("context", "https://h/r.git");
    }

    @Test
    void resultsBecomeImagesUnlessSaidOtherwise() {
        assertThat(wire.outputs(Query.parse("t=a&t=b:2")))
                .containsExactly(
                        new Output(
                                "moby",
                                Map.of(
                                        "name",
                                        "docker.io/library/a:latest,docker.io/library/b:2")));
        assertThat(
                        wire.outputs(
                                Query.parse(
                                        "outputs=%5B%7B%22Type%22%3A%22local%22%2C%22Attrs%22%3A%7B%22x%22%3A%22y%22%7D%7D%5D")))
                .isEqualTo(List.of(new Output("local", Map.of("x", "y"))));
        assertThat(wire.outputs(Query.parse("outputs=%5B%7B%22Type%22%3A%22cacheonly%22%7D%5D")))
                .isEmpty();
        assertThatThrownBy(() -> wire.outputs(Query.parse("outputs=%5B%7B%7D%2C%7B%7D%5D")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("multiple outputs not supported");
    }
}
