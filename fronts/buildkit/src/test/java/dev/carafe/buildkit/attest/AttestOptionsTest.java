package dev.carafe.buildkit.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.buildkit.attest.ProvenanceOptions.Version;
import dev.carafe.buildkit.options.FrontendOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttestOptionsTest {
    private static AttestOptions of(String name, String value) {
        return AttestOptions.of(new FrontendOptions(Map.of(name, value)));
    }

    @Test
    void provenanceTellsAllUnlessTheClientWantsLess() {
        assertThat(of("attest:provenance", "").provenance())
                .isEqualTo(new ProvenanceOptions(true, Version.V02, "", false));
        assertThat(
                        of(
                                        "attest:provenance",
                                        "mode=min,version=v1,\"builder-id=a,b\",reproducible=true")
                                .provenance())
                .isEqualTo(new ProvenanceOptions(false, Version.V1, "a,b", true));
        assertThat(of("build-arg:BUILDKIT_ATTEST_PROVENANCE", "mode=min").provenance())
                .isEqualTo(new ProvenanceOptions(false, Version.V02, "", false));
    }

    @Test
    void whatClientsAskOnTheirOwnOrSwitchOffIsNotMade() {
        assertThat(of("attest:provenance", "mode=min,inline-only=true").provenance()).isNull();
        assertThat(of("attest:provenance", "disabled=true").provenance()).isNull();
        assertThat(of("attest:sbom", "disabled=true").sbom()).isNull();
    }

    @Test
    void scannersHaveAName() {
        assertThat(of("attest:sbom", "").sbom()).isEqualTo("docker/buildkit-syft-scanner:stable-1");
        assertThat(of("attest:sbom", "generator=mine:1").sbom()).isEqualTo("mine:1");
    }

    @Test
    void whatCanNotBeIsRefused() {
        assertThatThrownBy(() -> of("attest:provenance", "mode=most"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid mode \"most\"");
        assertThatThrownBy(() -> of("attest:provenance", "version=v9"))
                .hasMessage("invalid provenance SLSA version: v9");
        assertThatThrownBy(() -> of("attest:vex", ""))
                .hasMessage("unknown attestation type \"vex\"");
    }
}
