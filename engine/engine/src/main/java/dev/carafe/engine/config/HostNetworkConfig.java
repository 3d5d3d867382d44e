package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/// How a container meets the network, as seen from the host.
///
/// @param mode empty or `default` (bridge), `bridge`, `host`, `none`, `container:<ref>` or a
///   network's name or id
/// @param portBindings `80/tcp` -> where it is published; an empty list is one free port
/// @param extraHosts `name:ip` or `name=ip`; `host-gateway` stands for the host
@Json
@RecordBuilder
public record HostNetworkConfig(
        String mode,
        Map<String, List<PortRequest>> portBindings,
        boolean publishAllPorts,
        List<String> extraHosts,
        List<String> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        List<String> links)
        implements HostNetworkConfigBuilder.With {

    public static HostNetworkConfig mode(String mode) {
        return new HostNetworkConfig(
                mode, Map.of(), false, List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
