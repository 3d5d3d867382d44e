package dev.carafe.linux.netlink;

/// One netlink message as bytes in the machine's order, its sequence number still 0 (netlink(7)).
///
/// @param label what it does, for error messages: `create veth cv12`
public record Message(String label, byte[] bytes) {
    static final int HEADER = 16;

    public static final int NLM_F_REQUEST = 1;
    public static final int NLM_F_ACK = 4;
    public static final int NLM_F_DUMP = 0x300;
    public static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_CREATE = 0x400;
    public static final int NLM_F_APPEND = 0x800;

    /// Starts a message; `NLM_F_REQUEST` is added.
    public static MessageWriter of(String label, int type, int flags) {
        return new MessageWriter(label, type, flags | NLM_F_REQUEST);
    }
}
