package dev.carafe.network;

import dev.carafe.linux.netlink.NetlinkSocket;
import java.nio.file.Path;

/// What talks to the host's kernel for one engine, on two netlink sockets. It belongs to the
/// network namespace of the thread that opened it.
record HostKernel(
        NetlinkSocket route,
        NetlinkSocket netfilter,
        BridgeSetup setup,
        SubDevices subDevices,
        BridgeDriver driver,
        DeviceReaper reaper,
        Firewall firewall,
        UdpFlows udp,
        NetnsPool pool,
        NetnsPool namedPool)
        implements AutoCloseable {
    /// @param engineId 64 hex digits, unique to the engine
    static HostKernel open(NetworkOptions options, String engineId, Path stateDir) {
        NetlinkSocket route = NetlinkSocket.route();
        NetlinkSocket netfilter = NetlinkSocket.netfilter();
        Placement placement = Placement.of(options, engineId);
        BridgeOwner owner = new BridgeOwner(netfilter, engineId, stateDir);
        BridgeDriver driver = new BridgeDriver(route, engineId.substring(0, 4));
        return new HostKernel(
                route,
                netfilter,
                new BridgeSetup(route, options, placement, owner),
                new SubDevices(route, placement, owner),
                driver,
                new DeviceReaper(driver::unplug),
                new Firewall(netfilter, BridgeOwner.tableName(engineId)),
                new UdpFlows(route, netfilter),
                new NetnsPool(options.pooledNamespaces(), wiring(driver), false),
                new NetnsPool(options.pooledNamespaces(), wiring(driver), true));
    }

    private static NetnsPool.Wiring wiring(BridgeDriver driver) {
        return (netns, unused) -> driver.wire(netns, BridgeDriver.CONTAINER_DEVICE);
    }

    /// Ends the work in the background; then nothing of it is left that was not handed out.
    void settle() {
        pool.close();
        namedPool.close();
        reaper.close();
    }

    @Override
    public void close() {
        route.close();
        netfilter.close();
    }
}
