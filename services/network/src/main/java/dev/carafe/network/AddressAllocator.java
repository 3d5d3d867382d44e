package dev.carafe.network;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.ResourceExhausted;
import java.util.BitSet;

/// The addresses of one subnet in use. Its state is rebuilt from the attachments after a restart,
/// so that an address has one owner or none and nothing has to be kept in step.
///
/// As docker does, it hands out the lowest free address. Not thread-safe.
final class AddressAllocator {
    private final Subnet subnet;
    private final Subnet range;
    private final BitSet used = new BitSet();

    /// @param range the part of the subnet that addresses without a wish come from
    /// @param gateway never handed out; nor are the network's own and the broadcast address
    AddressAllocator(Subnet subnet, Subnet range, int gateway) {
        if (!subnet.contains(range.address()) || range.prefixLength() < subnet.prefixLength()) {
            throw new InvalidArgument("no part of subnet " + subnet + ": " + range);
        }
        this.subnet = subnet;
        this.range = range;
        if (subnet.prefixLength() < 31) {
            used.set(0);
            used.set(subnet.last() - subnet.address());
        }
        if (subnet.contains(gateway)) {
            used.set(gateway - subnet.address());
        }
    }

    /// @throws ResourceExhausted when all are in use
    int allocate() {
        int first = range.address() - subnet.address();
        int free = used.nextClearBit(first);
        if (free > range.last() - subnet.address()) {
            throw new ResourceExhausted(
                    "no available IPv4 addresses on this network's address pools: " + subnet);
        }
        used.set(free);
        return subnet.address() + free;
    }

    /// Takes a wanted address.
    ///
    /// @throws InvalidArgument outside of the subnet
    /// @throws Conflict "Address already in use"
    void reserve(int address) {
        if (!subnet.contains(address)) {
            throw new InvalidArgument(
                    "no configured subnet contains IP address " + Subnet.format(address));
        }
        if (used.get(address - subnet.address())) {
            throw new Conflict("Address already in use: " + Subnet.format(address));
        }
        used.set(address - subnet.address());
    }

    /// An address that is never handed out: somebody else's in the subnet.
    void setAside(int address) {
        if (subnet.contains(address)) {
            used.set(address - subnet.address());
        }
    }

    void release(int address) {
        used.clear(address - subnet.address());
    }
}
