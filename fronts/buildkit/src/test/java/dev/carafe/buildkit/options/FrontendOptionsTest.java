package dev.carafe.buildkit.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.build.steps.StepSpec.Ulimit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontendOptionsTest {
    @Test
    void textsBecomeASolversOptions() {
        SolveOptions options =
                new FrontendOptions(
                                Map.of(
                                        "target", "two",
                                        "build-arg:A", "1",
                                        "label:l", "v",
                                        "no-cache", "",
                                        "image-resolve-mode", "pull",
                                        "force-network-mode", "host",
                                        "add-hosts", "a=1.2.3.4,b=::1",
                                        "ulimit", "nofile=10:20,nproc=5",
                                        "shm-size", "65536"))
                        .solve();
        assertThat(options.target()).isEqualTo("two");
        assertThat(options.buildArgs()).isEqualTo(Map.of("A", "1"));
        assertThat(options.labels()).isEqualTo(Map.of("l", "v"));
        assertThat(options.noCache()).isTrue();
        assertThat(options.pull()).isTrue();
        assertThat(options.network()).isEqualTo("host");
        assertThat(options.limits().extraHosts()).containsExactly("a:1.2.3.4", "b:::1");
        assertThat(options.limits().ulimits())
                .containsExactly(new Ulimit("nofile", 10, 20), new Ulimit("nproc", 5, 5));
        assertThat(options.limits().shmSizeBytes()).isEqualTo(65536);
    }

    @Test
    void nothingAskedIsTheUsual() {
        FrontendOptions options = new FrontendOptions(Map.of());
        assertThat(options.dockerfile()).isEqualTo("Dockerfile");
        assertThat(options.contextFolder()).isEqualTo("context");
        assertThat(options.solve().target()).isNull();
        assertThat(options.solve().noCache()).isFalse();
        assertThat(options.solve().network()).isEqualTo("default");
    }

    @Test
    void dockersOwnFrontEndIsOursAndOthersAreRefused() {
        assertThatCode(() -> front("docker/dockerfile:1").check("gateway.v0"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> front("example.com/x").check("gateway.v0"))
                .isInstanceOf(NotImplemented.class)
                .hasMessageContaining("example.com/x");
        assertThatThrownBy(() -> front("").check("")).isInstanceOf(NotImplemented.class);
    }

    private static FrontendOptions front(String source) {
        return new FrontendOptions(Map.of("source", source));
    }

    @Test
    void numbersMustBeNumbers() {
        assertThatThrownBy(() -> new FrontendOptions(Map.of("shm-size", "x")).solve())
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("shm-size");
    }
}
