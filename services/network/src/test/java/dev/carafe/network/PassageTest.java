package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final AttachmentRecord DB = on("db", "bridge", "172.17.0.2");
    private static final LinkedPort PORT = LinkedPort.parse("db", "5432");

    private static AttachmentRecord on(String id, String network, String address) {
        Endpoint endpoint =
                Endpoint.plain("n", network, "e", "bridge").with().ipAddress(address).build();
        return AttachmentRecord.of(
                "boot", id, List.of(endpoint), List.of(), List.of(), ResolverSettings.NONE);
    }

    @Test
    void aLinkIsAPassageWhileBothAreThere() {
        AttachmentRecord web =
                on("web", "bridge", "172.17.0.3")
                        .linkedTo(List.of(PORT, LinkedPort.parse("gone", "80/udp")));
        assertThat(Passage.of(List.of(DB, web)))
                .containsExactly(
                        new Passage(
                                Addresses.parse("172.17.0.3"),
                                Addresses.parse("172.17.0.2"),
                                Protocol.TCP,
                                5432));
        assertThat(Passage.of(List.of(web))).isEmpty();
        assertThat(Passage.of(List.of(DB))).isEqualTo(Set.of());
    }

    @Test
    void otherNetworksHaveNone() {
        AttachmentRecord web = on("web", "blue", "10.1.0.3").linkedTo(List.of(PORT));
        assertThat(Passage.of(List.of(DB, web))).isEmpty();
    }

    @Test
    void linksStayWhenNetworksAndPortsChange() {
        AttachmentRecord web = on("web", "bridge", "172.17.0.3").linkedTo(List.of(PORT));
        assertThat(web.with(web.endpoints(), List.of()).wanting(List.of()).linkedPorts())
                .containsExactly(PORT);
    }
}
