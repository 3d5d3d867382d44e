package dev.carafe.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// One message received from the kernel.
///
/// @param body what follows the header: the family's fixed part, then attributes
record Reply(int type, int flags, int sequence, byte[] body) {
    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;

    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;

    ByteBuffer buffer() {
        return ByteBuffer.wrap(body).order(ByteOrder.nativeOrder());
    }

    boolean isEnd() {
        return type == NLMSG_ERROR || type == NLMSG_DONE;
    }

    /// The error number of an NLMSG_ERROR or NLMSG_DONE, 0 for success.
    int errno() {
        return body.length < 4 ? 0 : -buffer().getInt(0);
    }

    /// The kernel's sentence about an error (NETLINK_EXT_ACK), empty when it has none.
    String errorText() {
        if ((flags & NLM_F_ACK_TLVS) == 0 || body.length < 4 + Message.HEADER) {
            return "";
        }
        int request = (flags & NLM_F_CAPPED) != 0 ? Message.HEADER : buffer().getInt(4);
        return Attributes.parse(body, 4 + (request + 3 & ~3)).text(NLMSGERR_ATTR_MSG);
    }
}
