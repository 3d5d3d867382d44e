package dev.carafe.linux.netlink;

import dev.carafe.linux.netlink.NfTables.Family;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The expressions of a rule, in order. They work on registers: 4-byte ones are numbered from 0
/// here, four of them make room for an interface's name. A comparison or a lookup that does not
/// match ends the rule.
public final class Rule {
    private static final int FIRST_REGISTER = 8;
    private static final int CMP_EQ = 0;
    private static final int CMP_NEQ = 1;
    private static final int ICMP = 1;
    private static final int NETWORK_HEADER = 1;
    private static final int TRANSPORT_HEADER = 2;
    private static final int META_IIFNAME = 6;
    private static final int META_OIFNAME = 7;
    private static final int META_L4PROTO = 16;
    private static final int CT_STATE = 0;
    private static final int CT_STATUS = 2;
    private static final int FIB_RESULT_ADDRTYPE = 3;
    private static final int FIB_DADDR = 2;
    private static final int RTN_LOCAL = 2;
    private static final int NF_NAT_DESTINATION = 1;
    private static final int VERDICT_DROP = 0;
    private static final int VERDICT_ACCEPT = 1;
    private static final int VERDICT_JUMP = -3;
    private static final int VERDICT_RETURN = -5;
    private static final int LOOKUP_INVERTED = 1;
    private static final int ESTABLISHED_OR_RELATED = 2 | 4;
    private static final int DESTINATION_CHANGED = 1 << 5;

    private record Expression(String name, Consumer<MessageWriter> data) {}

    private final List<Expression> expressions = new ArrayList<>();

    public Rule inputName(int register) {
        return meta(META_IIFNAME, register);
    }

    public Rule outputName(int register) {
        return meta(META_OIFNAME, register);
    }

    public Rule transportProtocol(int register) {
        return meta(META_L4PROTO, register);
    }

    /// The source address, 4 bytes or 16.
    public Rule source(Family family, int register) {
        return family == Family.IP
                ? payload(NETWORK_HEADER, 12, 4, register)
                : payload(NETWORK_HEADER, 8, 16, register);
    }

    /// The destination address, 4 bytes or 16.
    public Rule destination(Family family, int register) {
        return family == Family.IP
                ? payload(NETWORK_HEADER, 16, 4, register)
                : payload(NETWORK_HEADER, 24, 16, register);
    }

    public Rule destinationPort(int register) {
        return payload(TRANSPORT_HEADER, 2, 2, register);
    }

    /// The IPv4 source is in 127.0.0.0/8.
    public Rule fromLoopback() {
        return payload(NETWORK_HEADER, 12, 1, 0).compare(CMP_EQ, 0, new byte[] {127});
    }

    /// The IPv4 destination is in 127.0.0.0/8.
    public Rule toLoopback() {
        return payload(NETWORK_HEADER, 16, 1, 0).compare(CMP_EQ, 0, new byte[] {127});
    }

    /// The destination is this address.
    public Rule to(InetAddress address) {
        Family family = address instanceof Inet4Address ? Family.IP : Family.IP6;
        return destination(family, 0).compare(CMP_EQ, 0, address.getAddress());
    }

    /// The source is this address.
    public Rule from(InetAddress address) {
        Family family = address instanceof Inet4Address ? Family.IP : Family.IP6;
        return source(family, 0).compare(CMP_EQ, 0, address.getAddress());
    }

    /// The IPv6 source is in fe80::/10.
    public Rule fromLinkLocal() {
        return payload(NETWORK_HEADER, 8, 4, 0)
                .bits(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 0})
                .compare(CMP_EQ, 0, new byte[] {(byte) 0xfe, (byte) 0x80, 0, 0});
    }

    /// An ICMP message (RFC 792) of this type.
    public Rule icmp(int type) {
        return transport(ICMP)
                .payload(TRANSPORT_HEADER, 0, 1, 0)
                .compare(CMP_EQ, 0, new byte[] {(byte) type});
    }

    /// The transport protocol is this one.
    public Rule transport(int protocol) {
        return transportProtocol(0).compare(CMP_EQ, 0, new byte[] {(byte) protocol});
    }

    /// The destination is an address of this host, or, inverted, is none.
    public Rule toThisHost(boolean yes) {
        return add(
                        "fib",
                        e ->
                                e.attributeBe32(1, FIRST_REGISTER)
                                        .attributeBe32(2, FIB_RESULT_ADDRTYPE)
                                        .attributeBe32(3, FIB_DADDR))
                .compare(yes ? CMP_EQ : CMP_NEQ, 0, word(RTN_LOCAL));
    }

    /// Packets of known connections.
    public Rule established() {
        return connection(CT_STATE).masked(ESTABLISHED_OR_RELATED);
    }

    /// Packets of connections whose destination was changed by a rule.
    public Rule redirected() {
        return connection(CT_STATUS).masked(DESTINATION_CHANGED);
    }

    /// The key that starts at the register is in the set.
    public Rule in(NfSet set, int register) {
        return lookup(set, register, e -> {});
    }

    public Rule notIn(NfSet set, int register) {
        return lookup(set, register, e -> e.attributeBe32(5, LOOKUP_INVERTED));
    }

    /// Puts the value of the key that starts at one register into another.
    public Rule lookUp(NfSet map, int register, int result) {
        return lookup(map, register, e -> e.attributeBe32(3, FIRST_REGISTER + result));
    }

    /// Sends the connection to the address and port in those registers.
    public Rule destinationNat(Family family, int addressRegister, int portRegister) {
        return add(
                "nat",
                e ->
                        e.attributeBe32(1, NF_NAT_DESTINATION)
                                .attributeBe32(2, family.number)
                                .attributeBe32(3, FIRST_REGISTER + addressRegister)
                                .attributeBe32(5, FIRST_REGISTER + portRegister));
    }

    /// Gives the connection the outgoing device's address as its source.
    public Rule masquerade() {
        return add("masq", e -> {});
    }

    public Rule accept() {
        return verdict(v -> v.attributeBe32(1, VERDICT_ACCEPT));
    }

    public Rule drop() {
        return verdict(v -> v.attributeBe32(1, VERDICT_DROP));
    }

    public Rule giveBack() {
        return verdict(v -> v.attributeBe32(1, VERDICT_RETURN));
    }

    public Rule jump(String chain) {
        return verdict(v -> v.attributeBe32(1, VERDICT_JUMP).text(2, chain));
    }

    void write(MessageWriter out) {
        for (Expression expression : expressions) {
            out.nested(1, e -> e.text(1, expression.name()).nested(2, expression.data()));
        }
    }

    private Rule meta(int key, int register) {
        return add(
                "meta", e -> e.attributeBe32(1, FIRST_REGISTER + register).attributeBe32(2, key));
    }

    private Rule connection(int key) {
        return add("ct", e -> e.attributeBe32(1, FIRST_REGISTER).attributeBe32(2, key));
    }

    private Rule payload(int base, int offset, int length, int register) {
        return add(
                "payload",
                e ->
                        e.attributeBe32(1, FIRST_REGISTER + register)
                                .attributeBe32(2, base)
                                .attributeBe32(3, offset)
                                .attributeBe32(4, length));
    }

    private Rule compare(int operation, int register, byte[] value) {
        return add(
                "cmp",
                e ->
                        e.attributeBe32(1, FIRST_REGISTER + register)
                                .attributeBe32(2, operation)
                                .nested(3, d -> d.attribute(1, value)));
    }

    /// Register 0 has one of these bits.
    private Rule masked(int bits) {
        return bits(word(bits)).compare(CMP_NEQ, 0, word(0));
    }

    /// Leaves only these bits in register 0.
    private Rule bits(byte[] mask) {
        return add(
                "bitwise",
                e ->
                        e.attributeBe32(1, FIRST_REGISTER)
                                .attributeBe32(2, FIRST_REGISTER)
                                .attributeBe32(3, 4)
                                .nested(4, d -> d.attribute(1, mask))
                                .nested(5, d -> d.attribute(1, word(0))));
    }

    private Rule lookup(NfSet set, int register, Consumer<MessageWriter> more) {
        return add(
                "lookup",
                e -> {
                    e.text(1, set.name()).attributeBe32(2, FIRST_REGISTER + register);
                    more.accept(e);
                });
    }

    private Rule verdict(Consumer<MessageWriter> content) {
        return add("immediate", e -> e.attributeBe32(1, 0).nested(2, d -> d.nested(2, content)));
    }

    /// Register contents that the kernel keeps as numbers are in the machine's order.
    private static byte[] word(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    private Rule add(String name, Consumer<MessageWriter> data) {
        expressions.add(new Expression(name, data));
        return this;
    }
}
