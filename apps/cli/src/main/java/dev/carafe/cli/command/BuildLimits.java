package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import java.util.List;
import java.util.Locale;

/// Flags of `docker build` that `carafe build` knows and can't do: what asks for nothing is taken,
/// the rest is refused with what does it.
final class BuildLimits {
    private static final List<String> OFF = List.of("false", "0", "f", "disabled=true");
    private static final List<String> ENTITLEMENTS =
            List.of("network.host", "security.insecure", "device");

    private BuildLimits() {}

    /// @throws Failure for one that asks for something
    static void check(Parsed flags) {
        attestation(flags, "provenance");
        attestation(flags, "sbom");
        if (!flags.all("attest").stream().allMatch(text -> text.contains("disabled=true"))) {
            throw elsewhere("--attest");
        }
        if (!flags.all("annotation").isEmpty()) {
            throw elsewhere("--annotation");
        }
        for (String allowed : flags.all("allow")) {
            if (!ENTITLEMENTS.contains(allowed.split("=", 2)[0])) {
                throw new Failure("invalid entitlement: " + allowed);
            }
        }
    }

    private static void attestation(Parsed flags, String name) {
        String value = flags.text(name).toLowerCase(Locale.ROOT);
        if (!value.isEmpty() && !OFF.contains(value)) {
            throw elsewhere("--" + name + "=" + flags.text(name));
        }
    }

    private static Failure elsewhere(String flag) {
        return new Failure(
                flag + " is not done by carafe build: docker buildx build does it, on this daemon");
    }
}
