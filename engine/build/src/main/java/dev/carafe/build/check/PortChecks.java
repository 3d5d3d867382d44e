package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Source;

/// One port of EXPOSE.
final class PortChecks {
    private PortChecks() {}

    static void add(Source source, String port, Findings findings) {
        int slash = port.lastIndexOf('/');
        if (slash >= 0 && !Casing.isLower(port.substring(slash))) {
            findings.add(
                    Rule.EXPOSE_PROTO_CASING,
                    source,
                    "Defined protocol '" + port + "' in EXPOSE instruction should be lowercase");
        }
        if (port.contains(":")) {
            findings.add(
                    Rule.EXPOSE_INVALID_FORMAT,
                    source,
                    "EXPOSE instruction should not define an IP address or host-port mapping,"
                            + " found '"
                            + port
                            + "'");
        }
    }
}
