package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.PermissionDenied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {
    @TempDir Path root;

    private StateFiles files() {
        return new StateFiles(root, root.resolve("run"));
    }

    private Catalog catalog() {
        return new Catalog(files(), NetworkOptions.defaults());
    }

    private static CreateNetwork wanted(String name, Network.Ipam... ipam) {
        return new CreateNetwork(
                name,
                "bridge",
                false,
                true,
                false,
                true,
                List.of(ipam),
                Map.of("o", "1"),
                Map.of("label", "x"),
                Configuration.OWN);
    }

    @Test
    void predefinedNetworksKeepTheirIds() {
        Catalog first = catalog();
        assertThat(first.all())
                .extracting(NetworkRecord::name)
                .containsExactly("bridge", "host", "none");
        assertThat(first.all())
                .extracting(NetworkRecord::driver)
                .containsExactly("bridge", "host", "null");
        assertThat(first.all()).allMatch(n -> n.id().matches("[0-9a-f]{64}"));
        assertThat(catalog().all()).containsExactlyInAnyOrderElementsOf(first.all());
    }

    @Test
    void networksAreFoundByNameIdAndPrefix() {
        Catalog catalog = catalog();
        NetworkRecord host = catalog.find("host");
        assertThat(catalog.find(host.id())).isEqualTo(host);
        assertThat(catalog.find(host.id().substring(0, 12))).isEqualTo(host);
        assertThat(catalog.find("default").name()).isEqualTo("bridge");
        assertThatThrownBy(() -> catalog.find("nope"))
                .isInstanceOf(NotFound.class)
                .hasMessage("network nope not found");
        assertThatThrownBy(() -> catalog.find("")).isInstanceOf(NotFound.class);
    }

    @Test
    void aDefinedNetworkIsStoredWhole() {
        Catalog catalog = catalog();
        NetworkRecord blue = catalog.define(wanted("blue"), List.of(Subnet.parse("172.17.0.0/16")));
        catalog.put(blue);
        assertThat(blue.subnet()).isEqualTo("172.18.0.0/16");
        assertThat(blue.gateway()).isEqualTo("172.18.0.1");
        assertThat(catalog().find("blue")).isEqualTo(blue);
        catalog.remove(blue);
        assertThatThrownBy(() -> catalog().find("blue")).isInstanceOf(NotFound.class);
    }

    @Test
    void namesAndSubnetsAreChecked() {
        Catalog catalog = catalog();
        catalog.put(
                catalog.define(
                        wanted("blue", new Network.Ipam("10.1.0.0/16", null, "", Map.of())),
                        List.of()));
        assertThatThrownBy(() -> catalog.define(wanted("blue"), List.of()))
                .isInstanceOf(AlreadyExists.class)
                .hasMessage("network with name blue already exists");
        assertThatThrownBy(() ->
                        catalog.define(
                                wanted("red", new Network.Ipam("10.1.2.0/24", null, "", Map.of())),
                                List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Pool overlaps with other one on this address space");
        assertThat(catalog.define(wanted("green"), List.of()).subnet()).isEqualTo("172.17.0.0/16");
    }

    private static CreateNetwork settings(String name, Configuration use, Network.Ipam... ipam) {
        return new CreateNetwork(
                name,
                "bridge",
                false,
                false,
                true,
                true,
                List.of(ipam),
                Map.of("o", "1"),
                Map.of("label", "x"),
                use);
    }

    private static CreateNetwork madeOf(String name, String settings) {
        return new CreateNetwork(
                name,
                "bridge",
                true,
                true,
                false,
                true,
                List.of(),
                Map.of(),
                Map.of(),
                Configuration.from(settings));
    }

    @Test
    void networksAreMadeOfOthersSettings() {
        Catalog catalog = catalog();
        Network.Ipam range = new Network.Ipam("10.1.0.0/16", "10.1.2.0/24", "", Map.of());
        catalog.put(catalog.define(settings("cfg", Configuration.ONLY, range), List.of()));
        NetworkRecord cfg = catalog().find("cfg");
        assertThat(cfg.ipam()).containsExactly(range);
        assertThat(cfg.driver()).isEqualTo("null");
        assertThat(catalog.isInUse(cfg)).isFalse();
        NetworkRecord made = catalog.define(madeOf("blue", "cfg"), List.of());
        catalog.put(made);
        assertThat(made.subnet()).as("settings take no subnet").isEqualTo("10.1.0.0/16");
        assertThat(made.ipRange()).isEqualTo("10.1.2.0/24");
        assertThat(made.ipv6()).isTrue();
        assertThat(made.internal()).isTrue();
        assertThat(made.options()).containsEntry("o", "1");
        assertThat(made.labels()).containsEntry("label", "x");
        assertThat(catalog().find("blue").configuration().from()).isEqualTo("cfg");
        assertThat(catalog.isInUse(cfg)).isTrue();
    }

    @Test
    void settingsOfTwoKindsAreRefused() {
        Catalog catalog = catalog();
        assertThatThrownBy(() -> catalog.define(madeOf("blue", "none"), List.of()))
                .isInstanceOf(NotFound.class)
                .hasMessage("configuration network \"none\" does not exist");
        assertThatThrownBy(() ->
                        catalog.define(settings("cfg", new Configuration(true, "x")), List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("cannot depend on another configuration network");
        assertThatThrownBy(
                        () -> catalog.define(settings("red", Configuration.from("cfg")), List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("user specified configurations are not supported");
        assertThatThrownBy(() ->
                        catalog.define(
                                madeOf("red", "cfg").withOptions(Map.of("a", "b")), List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("network driver options are not supported");
    }

    @Test
    void aDamagedNetworkIsNotLostSilently() throws IOException {
        NetworkRecord host = catalog().find("host");
        Files.writeString(root.resolve("networks").resolve(host.id() + ".json"), "{\"id\":");
        assertThatThrownBy(this::catalog)
                .isInstanceOf(Internal.class)
                .hasMessageContaining("cannot read");
    }

    private AttachmentRecord attachment(String boot, String container) {
        Endpoint endpoint =
                new Endpoint(
                        "n",
                        "bridge",
                        "e",
                        "172.17.0.2",
                        16,
                        "172.17.0.1",
                        "02:42:ac:11:00:02",
                        "eth0",
                        "",
                        0,
                        "",
                        "bridge",
                        "cv1",
                        3,
                        List.of("web"),
                        Map.of("db", "postgres"),
                        List.of());
        return AttachmentRecord.of(
                boot,
                container,
                List.of(endpoint),
                List.of(new PortBinding(80, "tcp", "0.0.0.0", 8080)),
                List.of(new PortBinding(80, "tcp", "", 0)),
                new ResolverSettings(List.of("1.2.3.4"), List.of(), List.of("timeout:1")));
    }

    @Test
    void filesOfTheFirstVersionAreRead() throws IOException {
        StateFiles files = files();
        Files.writeString(
                root.resolve("run/attachments/old.json"),
                """
                {"bootId":"%s","containerId":"old","device":"cv9","endpoints":[{"networkId":"n",
                "networkName":"bridge","endpointId":"e","ipAddress":"172.17.0.2","prefixLength":16,
                "gateway":"172.17.0.1","macAddress":"02:42:ac:11:00:02","interfaceName":"eth0"}],
                "ports":[{"containerPort":80,"protocol":"tcp","hostIp":"0.0.0.0","hostPort":8080}]}
                """
                        .formatted(files.bootId()));
        AttachmentRecord old = files.attachments().getFirst();
        assertThat(old.endpoints().getFirst())
                .returns("cv9", Endpoint::device)
                .returns("bridge", Endpoint::driver)
                .returns("", Endpoint::ip6Address)
                .returns(List.of(), Endpoint::names);
        assertThat(old.wantedPorts()).isEqualTo(old.ports()).hasSize(1);
        assertThat(old.resolver()).isEqualTo(ResolverSettings.NONE);
        files.save(old);
        assertThat(files.attachments()).containsExactly(old);
        Files.writeString(
                root.resolve("networks/x.json"),
                """
                {"version":1,"id":"%s","name":"blue","driver":"bridge","created":
                "2026-01-01T00:00:00Z","internal":false,"attachable":false,"foreignBridge":false,
                "subnet":"10.1.0.0/16","gateway":"10.1.0.1","options":{},"labels":{}}
                """
                        .formatted("a".repeat(64)));
        assertThat(catalog().find("blue"))
                .returns(true, NetworkRecord::chosenByUser)
                .returns(Map.of(), NetworkRecord::aux)
                .returns(false, NetworkRecord::ipv6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.0.1/16 | | | invalid subnet 10.1.0.1/16: it should be 10.1.0.0/16",
                "10.1/16 | | | invalid subnet 10.1/16: invalid CIDR block notation",
                "10.1.0.0/16 | 10.2.0.0/24 | | invalid ip-range 10.2.0.0/24: parent subnet 10.1.0.0/16 doesn't contain ip-range",
                "10.1.0.0/16 | 10.0.0.0/8 | | invalid ip-range 10.0.0.0/8: CIDR block is bigger than its parent subnet 10.1.0.0/16",
                "10.1.0.0/16 | 10.1.0.1/24 | | invalid ip-range 10.1.0.1/24: it should be 10.1.0.0/24",
                "10.1.0.0/16 | | 10.2.0.1 | invalid gateway 10.2.0.1: parent subnet 10.1.0.0/16 doesn't contain this address",
                "10.1.0.0/16 | | x | invalid gateway x: invalid address",
            })
    void addressesThatDoNotFitAreNamed(
            String subnet, String range, String gateway, String message) {
        Network.Ipam ipam =
                new Network.Ipam(subnet, range, gateway == null ? "" : gateway, Map.of());
        assertThatThrownBy(() -> catalog().define(wanted("x", ipam), List.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid network config:\n" + message);
    }

    @Test
    void theGatewayIsTheFirstAddressOfTheRangeThatNobodyHas() {
        NetworkRecord network =
                catalog()
                        .define(
                                wanted(
                                        "x",
                                        new Network.Ipam(
                                                "10.1.0.0/16",
                                                "10.1.5.0/24",
                                                "",
                                                Map.of("router", "10.1.5.0"))),
                                List.of());
        assertThat(network.gateway()).isEqualTo("10.1.5.1");
        assertThat(network.chosenByUser()).isTrue();
    }

    @Test
    void predefinedNamesAndDriversAreRefused() {
        assertThatThrownBy(() -> catalog().define(wanted("bridge"), List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("operation is not permitted on predefined bridge network");
        assertThatThrownBy(() -> catalog().define(wanted("default"), List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("operation is not permitted on predefined default network");
        assertThatThrownBy(() ->
                        catalog()
                                .define(
                                        new CreateNetwork(
                                                "x",
                                                "host",
                                                false,
                                                false,
                                                false,
                                                true,
                                                List.of(),
                                                Map.of(),
                                                Map.of(),
                                                Configuration.OWN),
                                        List.of()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("only one instance of \"host\" network is allowed");
    }

    @Test
    void namesAreAnyTextThatIsNotBlank() {
        for (String name : List.of("a b", "a/b", ".x", "\u00e4", "a:b")) {
            assertThat(catalog().define(wanted(name), List.of()).name()).isEqualTo(name);
        }
        assertThatThrownBy(() -> catalog().define(wanted("  "), List.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid name: name is empty");
    }

    @Test
    void attachmentsOfThisBootAreKept() {
        StateFiles files = files();
        AttachmentRecord kept = attachment(files.bootId(), "kept");
        files.save(kept);
        files.save(attachment("another-boot", "old"));
        assertThat(files().attachments()).containsExactly(kept);
        assertThat(root.resolve("run/attachments/old.json")).doesNotExist();
        files.deleteAttachment("kept");
        files.deleteAttachment("kept");
        assertThat(files().attachments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"bootId\":7}", "{\"endpoints\":null}"})
    void damagedAttachmentsAreDropped(String content) throws IOException {
        StateFiles files = files();
        files.save(attachment(files.bootId(), "good"));
        Path bad = root.resolve("run/attachments/bad.json");
        Files.writeString(bad, content);
        assertThat(files().attachments()).hasSize(1);
        assertThat(bad).doesNotExist();
    }
}
