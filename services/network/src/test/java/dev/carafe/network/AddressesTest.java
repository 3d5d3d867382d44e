package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.testkit.Seeded;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static InetAddress ip(String text) {
        return Addresses.parse(text);
    }

    private static AddressAllocator allocator(String subnet) {
        Subnet all = Subnet.parse(subnet);
        AddressAllocator addresses = new AddressAllocator(all, all);
        addresses.setAside(all.second());
        return addresses;
    }

    @Test
    void theLowestFreeAddressIsGiven() {
        AddressAllocator addresses = allocator("172.17.0.0/16");
        assertThat(addresses.allocate()).isEqualTo(ip("172.17.0.2"));
        assertThat(addresses.allocate()).isEqualTo(ip("172.17.0.3"));
        addresses.release(ip("172.17.0.2"));
        assertThat(addresses.allocate()).isEqualTo(ip("172.17.0.2"));
        assertThat(addresses.allocate()).isEqualTo(ip("172.17.0.4"));
    }

    @Test
    void aSmallSubnetRunsOut() {
        AddressAllocator addresses = allocator("10.0.0.0/29");
        for (int i = 2; i <= 6; i++) {
            assertThat(addresses.allocate()).isEqualTo(ip("10.0.0." + i));
        }
        assertThatThrownBy(addresses::allocate)
                .isInstanceOf(ResourceExhausted.class)
                .hasMessageContaining(
                        "no available IPv4 addresses on this network's address pools");
    }

    @Test
    void wantedAddressesAreReservedOnce() {
        AddressAllocator addresses = allocator("10.0.0.0/24");
        addresses.reserve(ip("10.0.0.2"));
        assertThat(addresses.allocate()).isEqualTo(ip("10.0.0.3"));
        for (String taken : List.of("10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.255")) {
            assertThatThrownBy(() -> addresses.reserve(ip(taken))).isInstanceOf(Conflict.class);
        }
        assertThatThrownBy(() -> addresses.reserve(ip("10.0.1.2")))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void addressesComeFromTheRangeOnly() {
        AddressAllocator addresses =
                new AddressAllocator(Subnet.parse("10.0.0.0/24"), Subnet.parse("10.0.0.128/30"));
        for (int i = 128; i <= 131; i++) {
            assertThat(addresses.allocate()).isEqualTo(ip("10.0.0." + i));
        }
        assertThatThrownBy(addresses::allocate).isInstanceOf(ResourceExhausted.class);
        addresses.reserve(ip("10.0.0.9"));
        assertThatThrownBy(() ->
                        new AddressAllocator(
                                Subnet.parse("10.0.0.0/24"), Subnet.parse("10.0.1.0/25")))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void addressesOfIpv6AreReadAndWrittenShort() {
        for (String text :
                List.of("::", "::1", "fd00::", "fd00::2", "1:2:3:4:5:6:7:8", "2001:db8:0:1::2")) {
            assertThat(Addresses.format(ip(text))).isEqualTo(text);
        }
        assertThat(Addresses.format(ip("2001:DB8:0:0:1:0:0:1"))).isEqualTo("2001:db8::1:0:0:1");
        assertThat(Addresses.format(ip("1:0:3:4:5:6:7:8"))).isEqualTo("1:0:3:4:5:6:7:8");
        for (String bad : List.of("fe80::1%lo", "::ffff:10.0.0.1", "1:2", ":::", "fd00::g")) {
            assertThatThrownBy(() -> ip(bad)).isInstanceOf(InvalidArgument.class);
        }
    }

    @Test
    void aLargeSubnetGivesItsLowestAddresses() {
        AddressAllocator addresses = allocator("fd00:1::/64");
        assertThat(addresses.allocate()).isEqualTo(ip("fd00:1::2"));
        addresses.reserve(ip("fd00:1::ffff:ffff:ffff:ffff"));
        assertThat(addresses.allocate()).isEqualTo(ip("fd00:1::3"));
        assertThatThrownBy(() -> addresses.reserve(ip("fd00:2::2")))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void subnetsOfIpv6KnowTheirAddresses() {
        Subnet subnet = Subnet.parse("fd00:1::/64");
        assertThat(subnet.contains(ip("fd00:1::ffff:0:0:1"))).isTrue();
        assertThat(subnet.contains(ip("fd00:1:0:1::1"))).isFalse();
        assertThat(subnet.contains(ip("10.0.0.1"))).isFalse();
        assertThat(subnet).hasToString("fd00:1::/64");
        assertThat(Addresses.format(subnet.last())).isEqualTo("fd00:1::ffff:ffff:ffff:ffff");
        assertThat(Subnet.parse("::/0").overlaps(Subnet.parse("0.0.0.0/0"))).isFalse();
        assertThatThrownBy(() -> Subnet.parse("fd00::1/64"))
                .hasMessageContaining("it should be fd00::/64");
    }

    @Test
    void subnetsOfIpv6ComeFromTheEnginesOwnRange() {
        List<AddressPool> pools =
                Placement.pools(NetworkOptions.defaults(), "0123456789abcdef".repeat(4));
        Subnet first = SubnetChooser.choose(IpFamily.V6, pools, List.of());
        assertThat(first).hasToString("fd01:2345:6789::/64");
        assertThat(SubnetChooser.choose(IpFamily.V6, pools, List.of(first)))
                .hasToString("fd01:2345:6789:1::/64");
        assertThat(SubnetChooser.choose(IpFamily.V4, pools, List.of()))
                .hasToString("172.17.0.0/16");
    }

    static LongStream seeds() {
        return Seeded.seeds(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noAddressIsGivenTwice(long seed) {
        Seeded random = new Seeded(seed);
        AddressAllocator addresses = allocator("192.168.4.0/26");
        Set<InetAddress> given = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            if (random.oneIn(3) && !given.isEmpty()) {
                InetAddress back = random.pick(List.copyOf(given));
                given.remove(back);
                addresses.release(back);
            } else if (given.size() < 61) {
                InetAddress address = addresses.allocate();
                assertThat(given.add(address)).isTrue();
                assertThat(Subnet.parse("192.168.4.0/26").contains(address)).isTrue();
            }
        }
    }

    @Test
    void subnetsAvoidWhatIsTaken() {
        List<AddressPool> pools = NetworkOptions.defaults().addressPools();
        assertThat(SubnetChooser.choose(IpFamily.V4, pools, List.of()))
                .hasToString("172.17.0.0/16");
        assertThat(SubnetChooser.choose(IpFamily.V4, pools, List.of(Subnet.parse("172.17.9.0/24"))))
                .hasToString("172.18.0.0/16");
        assertThat(SubnetChooser.choose(IpFamily.V4, pools, List.of(Subnet.parse("172.16.0.0/12"))))
                .hasToString("192.168.0.0/20");
        assertThat(
                        SubnetChooser.choose(
                                IpFamily.V4,
                                pools,
                                List.of(
                                        Subnet.parse("172.16.0.0/12"),
                                        Subnet.parse("192.168.1.1/32"))))
                .hasToString("192.168.16.0/20");
        assertThatThrownBy(() ->
                        SubnetChooser.choose(
                                IpFamily.V4, pools, List.of(Subnet.parse("0.0.0.0/0"))))
                .isInstanceOf(ResourceExhausted.class)
                .hasMessage("all predefined address pools have been fully subnetted");
    }

    @Test
    void theLastPoolsEndIsTheEnd() {
        List<AddressPool> pools = List.of(new AddressPool(Subnet.parse("255.255.255.0/24"), 25));
        Subnet first = SubnetChooser.choose(IpFamily.V4, pools, List.of());
        Subnet second = SubnetChooser.choose(IpFamily.V4, pools, List.of(first));
        assertThat(second).hasToString("255.255.255.128/25");
        assertThatThrownBy(() -> SubnetChooser.choose(IpFamily.V4, pools, List.of(first, second)))
                .isInstanceOf(ResourceExhausted.class);
    }

    @Test
    void subnetsKnowTheirAddresses() {
        Subnet subnet = Subnet.parse("172.17.0.0/16");
        assertThat(subnet.contains(ip("172.17.255.255"))).isTrue();
        assertThat(subnet.contains(ip("172.18.0.0"))).isFalse();
        assertThat(Addresses.format(subnet.last())).isEqualTo("172.17.255.255");
        assertThat(Subnet.around("172.17.0.1/16")).isEqualTo(subnet);
        assertThat(subnet.overlaps(Subnet.parse("172.17.3.0/24"))).isTrue();
        assertThat(Subnet.parse("172.17.3.0/24").overlaps(subnet)).isTrue();
        assertThat(subnet.overlaps(Subnet.parse("172.18.0.0/16"))).isFalse();
        assertThat(Subnet.parse("0.0.0.0/0").overlaps(subnet)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.17.0.1/16",
                "172.17.0.0",
                "172.17.0.0/33",
                "1.2.3/8",
                "1.2.3.256/32",
                "a/8",
                "1..3.4/32",
                "/8",
                ""
            })
    void badSubnetsAreRefused(String text) {
        assertThatThrownBy(() -> Subnet.parse(text)).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void hardwareAddressesComeFromTheAddress() {
        assertThat(MacAddress.format(MacAddress.of(ip("172.17.0.2"))))
                .isEqualTo("02:42:ac:11:00:02");
        assertThat(MacAddress.parse("02:42:AC:11:00:02"))
                .isEqualTo(MacAddress.of(ip("172.17.0.2")));
        for (String bad : List.of("", "02:42", "02:42:ac:11:00:0g", "02:42:ac:11:00:02:03")) {
            assertThatThrownBy(() -> MacAddress.parse(bad)).isInstanceOf(InvalidArgument.class);
        }
    }

    @Test
    void portsOverlapWhenTheirAddressesDo() {
        HostPorts.Key all = HostPorts.keyOf(new PortBinding(80, "tcp", "0.0.0.0", 8080));
        HostPorts.Key local = HostPorts.keyOf(new PortBinding(80, "tcp", "127.0.0.1", 8080));
        HostPorts.Key other = HostPorts.keyOf(new PortBinding(80, "tcp", "10.0.0.1", 8080));
        HostPorts.Key udp = HostPorts.keyOf(new PortBinding(80, "udp", "", 8080));
        assertThat(all.overlaps(local)).isTrue();
        assertThat(local.overlaps(all)).isTrue();
        assertThat(local.overlaps(local)).isTrue();
        assertThat(local.overlaps(other)).isFalse();
        assertThat(all.overlaps(udp)).isFalse();
        HostPorts.Key six = HostPorts.keyOf(new PortBinding(80, "tcp", "::", 8080));
        HostPorts.Key local6 = HostPorts.keyOf(new PortBinding(80, "tcp", "::1", 8080));
        assertThat(all.overlaps(six)).isFalse();
        assertThat(six.overlaps(local6)).isTrue();
        assertThatThrownBy(() -> new PortBinding(0, "tcp", "", 1))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> new PortBinding(80, "icmp", "", 1))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> new PortBinding(80, "tcp", "", 65536))
                .isInstanceOf(InvalidArgument.class);
    }
}
