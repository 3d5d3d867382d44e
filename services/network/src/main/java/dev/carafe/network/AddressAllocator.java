package dev.carafe.network;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.ResourceExhausted;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;

/// The addresses of one subnet in use. Its state is rebuilt from the attachments after a restart,
/// so that an address has one owner or none and nothing has to be kept in step.
///
/// As docker does, it hands out the lowest free address. Not thread-safe.
final class AddressAllocator {
    private final Subnet subnet;
    private final Subnet range;
    private final Set<InetAddress> used = new HashSet<>();

    /// Never hands out the network's own and the broadcast address.
    ///
    /// @param range the part of the subnet that addresses without a wish come from
    AddressAllocator(Subnet subnet, Subnet range) {
        if (!subnet.contains(range.address()) || range.prefixLength() < subnet.prefixLength()) {
            throw new InvalidArgument("no part of subnet " + subnet + ": " + range);
        }
        this.subnet = subnet;
        this.range = range;
        if (subnet.size().compareTo(BigInteger.TWO) > 0) {
            used.add(subnet.address());
            if (subnet.family() == IpFamily.V4) {
                used.add(subnet.last());
            }
        }
    }

    /// @throws ResourceExhausted when all are in use
    InetAddress allocate() {
        BigInteger count = range.size();
        for (BigInteger i = BigInteger.ZERO; i.compareTo(count) < 0; i = i.add(BigInteger.ONE)) {
            InetAddress candidate = Addresses.plus(range.address(), i);
            if (used.add(candidate)) {
                return candidate;
            }
        }
        throw new ResourceExhausted(
                "no available %s addresses on this network's address pools: %s"
                        .formatted(subnet.family().text, subnet));
    }

    /// Takes a wanted address.
    ///
    /// @throws InvalidArgument outside of the subnet
    /// @throws Conflict "Address already in use"
    void reserve(InetAddress address) {
        if (!subnet.contains(address)) {
            throw new InvalidArgument(
                    "no configured subnet contains IP address " + Addresses.format(address));
        }
        if (!used.add(address)) {
            throw new Conflict("Address already in use: " + Addresses.format(address));
        }
    }

    boolean covers(InetAddress address) {
        return subnet.contains(address);
    }

    /// An address that is never handed out: somebody else's in the subnet.
    void setAside(InetAddress address) {
        if (subnet.contains(address)) {
            used.add(address);
        }
    }

    void release(InetAddress address) {
        used.remove(address);
    }
}
