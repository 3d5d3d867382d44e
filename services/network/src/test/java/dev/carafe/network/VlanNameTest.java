package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import org.junit.jupiter.api.Test;

class VlanNameTest {
    @Test
    void theNumberStandsBehindTheLastDot() {
        assertThat(VlanName.parse("eth0.10")).contains(new VlanName("eth0", 10));
        assertThat(VlanName.parse("a.b.4094")).contains(new VlanName("a.b", 4094));
    }

    @Test
    void otherNamesAreOnlyNames() {
        for (String name : new String[] {"eth0", "eth0.", ".10", "eth0.x1", "eth0.-1"}) {
            assertThat(VlanName.parse(name)).as(name).isEmpty();
        }
    }

    @Test
    void noVlanHasSuchANumber() {
        for (String name : new String[] {"eth0.0", "eth0.4095"}) {
            assertThatThrownBy(() -> VlanName.parse(name))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageContaining("vlan id must be between 1-4094");
        }
    }
}
