package dev.carafe.linux.netlink;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.util.List;

/// Messages for one table of nf_tables (linux/netfilter/nf_tables.h), to be run as a transaction on
/// a {@link NetlinkSocket#netfilter} socket. All numbers of nf_tables are big-endian.
///
/// @param table its name
public record NfTables(Family family, String table) {
    public static final int SUBSYSTEM = 10;

    private static final int NEWTABLE = 0;
    private static final int GETTABLE = 1;
    private static final int DELTABLE = 2;
    private static final int NEWCHAIN = 3;
    private static final int NEWRULE = 6;
    private static final int NEWSET = 9;
    private static final int NEWSETELEM = 12;
    private static final int DELSETELEM = 14;

    /// Whose packets a table sees.
    public enum Family {
        /// IPv4, `ip` in nft(8).
        IP(2),
        /// IPv6, `ip6` in nft(8).
        IP6(10);

        final int number;

        Family(int number) {
            this.number = number;
        }
    }

    /// A table of IPv4.
    public NfTables(String table) {
        this(Family.IP, table);
    }

    /// Where a base chain hangs.
    public enum Hook {
        PREROUTING(0),
        INPUT(1),
        FORWARD(2),
        OUTPUT(3),
        POSTROUTING(4);

        final int number;

        Hook(int number) {
            this.number = number;
        }
    }

    /// Adds the table; an existing one stays.
    public Message addTable() {
        return message("add table " + table, NEWTABLE, Message.NLM_F_CREATE).text(1, table).build();
    }

    /// Removes it with all that is in it.
    public Message deleteTable() {
        return message("delete table " + table, DELTABLE, 0).text(1, table).build();
    }

    /// Names of the tables of a family that are there.
    public static List<String> names(NetlinkSocket socket, Family family) {
        Message list = message(family, "list tables", GETTABLE, Message.NLM_F_DUMP).build();
        return socket.ask(list).stream()
                .map(reply -> Attributes.parse(reply.body(), 4).text(1))
                .toList();
    }

    public boolean exists(NetlinkSocket socket) {
        try {
            socket.ask(
                    message("look up table " + table, GETTABLE, Message.NLM_F_ACK)
                            .text(1, table)
                            .build());
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /// Adds a chain that rules jump to.
    public Message addChain(String chain) {
        return message("add chain " + chain, NEWCHAIN, Message.NLM_F_CREATE)
                .text(1, table)
                .text(3, chain)
                .build();
    }

    /// Adds a base chain with policy accept.
    ///
    /// @param type `filter`, `nat` or `route`
    public Message addChain(String chain, String type, Hook hook, int priority) {
        return message("add chain " + chain, NEWCHAIN, Message.NLM_F_CREATE)
                .text(1, table)
                .text(3, chain)
                .nested(4, h -> h.attributeBe32(1, hook.number).attributeBe32(2, priority))
                .text(7, type)
                .build();
    }

    /// Appends a rule to a chain.
    public Message addRule(String chain, Rule rule) {
        return message("add rule to " + chain, NEWRULE, Message.NLM_F_CREATE | Message.NLM_F_APPEND)
                .text(1, table)
                .text(2, chain)
                .nested(4, rule::write)
                .build();
    }

    /// Adds a set or map; an equal one stays.
    ///
    /// @param transactionId a number that no other set of the same transaction has
    public Message addSet(NfSet set, int transactionId) {
        return set.write(
                message("add set " + set.name(), NEWSET, Message.NLM_F_CREATE).text(1, table),
                transactionId);
    }

    /// Adds elements; those that are there stay.
    public Message addElements(NfSet set, List<NfElement> elements) {
        return elements("add to ", NEWSETELEM, Message.NLM_F_CREATE, set, elements);
    }

    /// Removes elements. With one that is not there the transaction fails with ENOENT.
    public Message deleteElements(NfSet set, List<NfElement> elements) {
        return elements("delete from ", DELSETELEM, 0, set, elements);
    }

    private Message elements(
            String label, int type, int flags, NfSet set, List<NfElement> elements) {
        return message(label + set.name(), type, flags)
                .text(1, table)
                .text(2, set.name())
                .nested(3, list -> elements.forEach(e -> list.nested(1, e::write)))
                .build();
    }

    private MessageWriter message(String label, int type, int flags) {
        return message(family, label, type, flags);
    }

    private static MessageWriter message(Family family, String label, int type, int flags) {
        return Message.of(label, SUBSYSTEM << 8 | type, flags).u8(family.number).u8(0).u16be(0);
    }
}
