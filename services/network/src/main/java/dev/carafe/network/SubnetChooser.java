package dev.carafe.network;

import dev.carafe.base.ResourceExhausted;
import java.util.List;

/// Finds a subnet that nobody uses.
final class SubnetChooser {
    private SubnetChooser() {}

    /// The first of the pools' subnets, in order, that overlaps none of the taken.
    ///
    /// @throws ResourceExhausted when there is none
    static Subnet choose(List<AddressPool> pools, List<Subnet> taken) {
        for (AddressPool pool : pools) {
            long step = 1L << (32 - pool.size());
            long end = Integer.toUnsignedLong(pool.base().last());
            for (long at = Integer.toUnsignedLong(pool.base().address()); at <= end; at += step) {
                Subnet candidate = new Subnet((int) at, pool.size());
                if (taken.stream().noneMatch(candidate::overlaps)) {
                    return candidate;
                }
            }
        }
        throw new ResourceExhausted("all predefined address pools have been fully subnetted");
    }
}
