/// Netlink: rtnetlink (devices, addresses, routes) and nf_tables, spoken directly to the kernel.
///
/// Belongs here: message encoding, sockets, and one class of message makers a family. Does not
/// belong here: what a container's network looks like (that is the room `network`). A message is
/// plain bytes in the machine's order, so that it can also be put into a launch plan and be
/// compared in a test. Start with {@link dev.carafe.linux.netlink.Message} and {@link
/// dev.carafe.linux.netlink.NetlinkSocket}.
@NullMarked
package dev.carafe.linux.netlink;

import org.jspecify.annotations.NullMarked;
