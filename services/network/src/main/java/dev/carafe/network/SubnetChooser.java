package dev.carafe.network;

import dev.carafe.base.ResourceExhausted;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/// Finds a subnet that nobody uses.
final class SubnetChooser {
    private SubnetChooser() {}

    /// The first of the pools' subnets of the family, in order, that overlaps none of the taken.
    ///
    /// @throws ResourceExhausted when there is none
    static Subnet choose(IpFamily family, List<AddressPool> pools, List<Subnet> taken) {
        for (AddressPool pool : pools) {
            InetAddress last = pool.base().last();
            Subnet candidate = new Subnet(pool.base().address(), pool.size());
            while (pool.base().family() == family) {
                Subnet tried = candidate;
                Subnet inTheWay = taken.stream().filter(tried::overlaps).findFirst().orElse(null);
                if (inTheWay == null) {
                    return candidate;
                }
                // past the larger of both
                InetAddress end =
                        inTheWay.prefixLength() < pool.size() ? inTheWay.last() : candidate.last();
                if (Addresses.value(end).compareTo(Addresses.value(last)) >= 0) {
                    break;
                }
                candidate = new Subnet(Addresses.plus(end, BigInteger.ONE), pool.size());
            }
        }
        throw new ResourceExhausted("all predefined address pools have been fully subnetted");
    }
}
