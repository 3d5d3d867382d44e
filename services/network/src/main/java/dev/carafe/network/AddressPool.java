package dev.carafe.network;

import dev.carafe.base.InvalidArgument;

/// A range from which subnets of one size are handed out to networks that name none: docker's
/// `default-address-pools`.
///
/// @param size prefix length of the subnets, not shorter than the base's
public record AddressPool(Subnet base, int size) {
    public AddressPool {
        if (size < base.prefixLength() || size > Addresses.bits(base.address()) - 2) {
            throw new InvalidArgument("invalid address pool: size " + size + " for " + base);
        }
    }
}
