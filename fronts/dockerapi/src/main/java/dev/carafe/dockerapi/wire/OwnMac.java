package dev.carafe.dockerapi.wire;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.ContainerCreateRequest;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.NetworkAttachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A hardware address that a request names beside its networks, as clients before API 1.44 did
/// (`MacAddress` of `POST /containers/create`): that of the network of the container's mode.
public final class OwnMac {
    private static final List<String> WITHOUT = List.of("host", "none");

    private OwnMac() {}

    /// Takes it away where it can have no effect, so that only what has one is made.
    ///
    /// @return warnings
    /// @throws InvalidArgument before 1.44 a mode that has no addresses; later another one in the
    ///   settings of that network
    public static List<String> settle(ContainerCreateRequest r, ApiVersion version) {
        String mac = Wire.text(r.macAddress);
        if (mac.isEmpty()) {
            return List.of();
        }
        String mode = r.hostConfig == null ? "" : Wire.text(r.hostConfig.networkMode);
        boolean none = WITHOUT.contains(mode) || mode.startsWith("container:");
        if (version.before(44)) {
            refuse(none, "conflicting options: mac-address and the network mode");
            return List.of();
        }
        EndpointSettings named =
                CreateWire.networking(r.networkingConfig).endpoints().get(main(mode));
        String other = named == null ? null : named.macAddress();
        refuse(
                !none && other != null && !other.equals(mac),
                "the container-wide MAC address must match the endpoint-specific MAC address for"
                        + " the main network, or be left empty");
        if (none) {
            r.macAddress = null;
        }
        return List.of(
                "The container-wide MacAddress field is now deprecated. It should be specified in"
                        + " EndpointsConfig instead.");
    }

    /// What was asked for in that network's settings, shown as if it had been asked for beside
    /// them.
    static @Nullable String asked(ContainerView c) {
        NetworkAttachment first = c.networks().get(main(c.hostConfig().network().mode()));
        return first == null ? null : first.settings().macAddress();
    }

    private static String main(String mode) {
        return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
    }

    private static void refuse(boolean wrong, String sentence) {
        if (wrong) {
            throw new InvalidArgument(sentence);
        }
    }
}
