package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.DataLoss;
import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainIdTest {
    private static final Digest A = Digest.of("a".getBytes());
    private static final Digest B = Digest.of("b".getBytes());

    @Test
    void aChainOfOneIsItsLayer() {
        assertThat(ChainId.of(List.of(A)).digest()).isEqualTo(A);
    }

    @Test
    void aChainOfTwoIsTheSumOfBothNames() {
        // printf 'sha256:%s sha256:%s' $(printf a | sha256sum | cut -c-64) $(printf b | sha256sum |
        // cut -c-64) | sha256sum
        assertThat(ChainId.of(List.of(A, B)))
                .hasToString(
                        "sha256:51c0c8ace48498d6f5fee6b0592cc06f2da0f3cbe09c5a34a97dce85c3889676");
    }

    @Test
    void noLayersMakeNoChain() {
        assertThatThrownBy(() -> ChainId.of(List.of())).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void aLayersStateSurvivesTheDisk() {
        ChainId parent = ChainId.of(List.of(A));
        LayerInfo info = new LayerInfo(ChainId.over(parent, B), B, parent, 5, 7);
        assertThat(LayerState.decode(LayerState.encode(info))).isEqualTo(info);
        LayerInfo lowest = new LayerInfo(parent, A, null, 0, 1024);
        assertThat(LayerState.decode(LayerState.encode(lowest))).isEqualTo(lowest);
    }

    @Test
    void damagedStatesAreDataLoss() {
        for (String json :
                List.of("", "{", "{}", "{\"version\":2}", "{\"version\":1,\"diffId\":\"x\"}")) {
            assertThatThrownBy(() -> LayerState.decode(json.getBytes()))
                    .as(json)
                    .isInstanceOf(DataLoss.class);
        }
    }
}
