package dev.carafe.network;

import dev.carafe.base.PermissionDenied;
import io.avaje.jsonb.Json;

/// How a network's settings are shared: one may be settings only, for others to be made of; then no
/// container can be on it. Engine API POST /networks/create, ConfigOnly and ConfigFrom.
///
/// @param only is settings for other networks
/// @param from the name of the network that it was made of, or empty
@Json
public record Configuration(boolean only, String from) {
    /// A network with settings of its own.
    public static final Configuration OWN = new Configuration(false, "");

    /// Settings for other networks.
    public static final Configuration ONLY = new Configuration(true, "");

    /// Made of another's settings.
    public static Configuration from(String network) {
        return new Configuration(false, network);
    }

    boolean isOther() {
        return !from.isEmpty();
    }

    /// @param operators whether fields are asked for that are about a network as a whole
    /// @throws PermissionDenied mere settings have none of these
    public void refuseOperators(boolean operators) {
        if (only && operators) {
            throw new PermissionDenied(
                    "configuration network can only contain network specific fields. Network"
                            + " operator fields like [ ingress | internal | attachable | scope ] are"
                            + " not supported.");
        }
    }
}
