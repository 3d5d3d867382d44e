package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.view.ContainerSummary;
import dev.carafe.engine.view.ExecView;
import dev.carafe.testkit.GoldenFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectWireTest {
    private static final ApiVersion NOW = ApiVersion.CURRENT;
    private final DockerJson json = new DockerJson();

    /// One member a line, so that a change is seen as a diff.
    private String lines(Object value) {
        return json.text(value).replace("{", "{\n").replace("}", "\n}").replace(",\"", ",\n\"")
                + "\n";
    }

    @Test
    void aRunningContainer() {
        GoldenFile.assertMatches(
                "inspect-running.txt",
                lines(InspectWire.container(SampleViews.running(), null, NOW)));
    }

    @Test
    void aCreatedContainerWithSizes() {
        var sizes = new ContainerSummary.Sizes(12, 34_000_000_000L);
        GoldenFile.assertMatches(
                "inspect-created.txt",
                lines(InspectWire.container(SampleViews.created(), sizes, NOW)));
    }

    @Test
    void aListEntry() {
        var entry =
                SummaryWire.entry(
                        new ContainerSummary(SampleViews.running(), List.of(), null),
                        "busybox",
                        SampleViews.STARTED.plus(Duration.ofMinutes(5)),
                        NOW);
        GoldenFile.assertMatches("list-entry.txt", lines(entry));
        assertThat(entry.command()).isEqualTo("sh -c 'echo hi'");
        assertThat(entry.status()).isEqualTo("Up 5 minutes");
    }

    @Test
    void anExec() {
        ExecView exec = new ExecView("e1", "c1", ExecConfig.of(List.of("ls", "-l")), true, null, 7);
        GoldenFile.assertMatches("exec-running.txt", lines(InspectWire.exec(exec)));
    }

    @Test
    void portsOfAContainerThatDoesNotRunAreAnEmptyObject() {
        assertThat(json.text(InspectWire.container(SampleViews.created(), null, NOW)))
                .contains("\"Ports\":{}");
    }

    @Test
    void olderVersionsAreToldTheGatewaysPriorityTooAsDockerdDoes() {
        String old =
                json.text(
                        InspectWire.container(SampleViews.running(), null, new ApiVersion(1, 47)));
        assertThat(old).contains("GwPriority");
        assertThat(json.text(InspectWire.container(SampleViews.running(), null, NOW)))
                .contains("GwPriority");
    }

    @Test
    void whatInspectShowsCanBeUsedToCreateTheSame() {
        var host = SampleViews.running().hostConfig();
        var read = HostConfigRead.read(HostConfigWrite.write(host));
        assertThat(HostConfigWrite.write(read))
                .usingRecursiveComparison()
                .isEqualTo(HostConfigWrite.write(host));
        assertThat(read.network().portBindings()).isEqualTo(host.network().portBindings());
        assertThat(read.autoRemove()).isTrue();
    }
}
