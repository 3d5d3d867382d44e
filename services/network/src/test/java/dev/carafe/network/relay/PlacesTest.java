package dev.carafe.network.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final List<Runnable> woken = new ArrayList<>();
    private final Places places = new Places(woken::add, 1);
    private final Runnable first = () -> {};
    private final Runnable second = () -> woken.clear();

    @Test
    void whoFindsNoPlaceIsWokenOnceWhenOneIsFree() {
        assertThat(places.take(first)).isTrue();
        assertThat(places.take(second)).isFalse();
        assertThat(places.take(second)).isFalse();
        places.giveBack();
        assertThat(woken).containsExactly(second);
        assertThat(places.take(second)).isTrue();
        places.giveBack();
        assertThat(woken).hasSize(1);
    }

    @Test
    void whoIsForgottenIsNotWoken() {
        places.take(first);
        places.take(first);
        places.take(second);
        places.forget(first);
        places.giveBack();
        assertThat(woken).containsExactly(second);
    }
}
