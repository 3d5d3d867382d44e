package dev.carafe.network;

import dev.carafe.base.InvalidArgument;

/// Transport protocols whose ports can be published, with their IP protocol numbers.
enum Protocol {
    TCP(6),
    UDP(17),
    SCTP(132);

    final int number;

    Protocol(int number) {
        this.number = number;
    }

    static Protocol of(String name) {
        return switch (name) {
            case "tcp" -> TCP;
            case "udp" -> UDP;
            case "sctp" -> SCTP;
            default -> throw new InvalidArgument("invalid protocol: " + name);
        };
    }
}
