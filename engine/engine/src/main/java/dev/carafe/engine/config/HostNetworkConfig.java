package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/// How a container meets the network, as seen from the host.
///
/// @param mode empty or `default` (bridge), `bridge`, `host`, `none`, `container:<ref>` or a
///   network's name or id
/// @param portBindings `80/tcp` -> where it is published; an empty list is one free port
/// @param extraHosts `name:ip` or `name=ip`; `host-gateway` stands for the host
@Json
public record HostNetworkConfig(
        String mode,
        Map<String, List<PortRequest>> portBindings,
        boolean publishAllPorts,
        List<String> extraHosts,
        List<String> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        List<String> links) {

    public static HostNetworkConfig mode(String mode) {
        return new HostNetworkConfig(
                mode, Map.of(), false, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    public HostNetworkConfig withPortBindings(Map<String, List<PortRequest>> portBindings) {
        return new HostNetworkConfig(
                mode, portBindings, publishAllPorts, extraHosts, dns, dnsSearch, dnsOptions, links);
    }

    public HostNetworkConfig withMode(String mode) {
        return new HostNetworkConfig(
                mode, portBindings, publishAllPorts, extraHosts, dns, dnsSearch, dnsOptions, links);
    }

    public HostNetworkConfig withLinks(List<String> links) {
        return new HostNetworkConfig(
                mode, portBindings, publishAllPorts, extraHosts, dns, dnsSearch, dnsOptions, links);
    }

    public HostNetworkConfig withExtraHosts(List<String> extraHosts) {
        return new HostNetworkConfig(
                mode, portBindings, publishAllPorts, extraHosts, dns, dnsSearch, dnsOptions, links);
    }
}
