package dev.carafe.buildkit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.NotImplemented;
import dev.carafe.buildkit.wire.common.Definition;
import dev.carafe.oci.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultGraphTest {
    @Test
    void anImageComesBackFromItsGraph() {
        Digest image = Digest.of(new byte[] {1});
        assertThat(ResultGraph.images(Map.of("a", ResultGraph.of(image))))
                .isEqualTo(Map.of("a", image));
    }

    @Test
    void otherGraphsAreRefused() {
        assertThatThrownBy(() -> ResultGraph.images(Map.of("a", Definition.getDefaultInstance())))
                .isInstanceOf(NotImplemented.class)
                .hasMessageContaining("the input a");
    }
}
