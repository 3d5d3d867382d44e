package dev.carafe.network.dns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Answers queries: what the directory knows at once, the rest by asking others. Thread-safe.
final class Answers {
    private static final long TTL_SECONDS = 600;
    private static final int HEADER = 12;
    private static final int PLAIN_UDP = 512;
    private static final int OUR_UDP = 1232;

    private final Directory directory;
    private final Forwarder forwarder;

    Answers(Directory directory, Forwarder forwarder) {
        this.directory = directory;
        this.forwarder = forwarder;
    }

    /// An answer that needs nobody else; empty when others must be asked.
    ///
    /// @param query hostile
    Optional<byte[]> here(byte[] query, boolean tcp) {
        Message message;
        try {
            message = new Message(query);
        } catch (IOException | RuntimeException e) {
            return query.length < HEADER ? Optional.of(new byte[0]) : Optional.of(broken(query));
        }
        Record question = message.getQuestion();
        if (message.getHeader().getFlag(Flags.QR)) {
            return Optional.of(new byte[0]);
        }
        if (question == null || message.getHeader().getOpcode() != Opcode.QUERY) {
            return Optional.of(wire(reply(message, Rcode.NOTIMP, List.of()), message, tcp));
        }
        Optional<List<Record>> known =
                question.getDClass() == DClass.IN ? lookUp(question) : Optional.empty();
        if (known.isPresent()) {
            return Optional.of(wire(reply(message, Rcode.NOERROR, known.get()), message, tcp));
        }
        return directory.mayForward() || forwarder.staysInside()
                ? Optional.empty()
                : Optional.of(wire(reply(message, Rcode.SERVFAIL, List.of()), message, tcp));
    }

    /// The answer of others, which may take seconds.
    byte[] elsewhere(byte[] query, boolean tcp) {
        return forwarder.ask(query, tcp).orElseGet(() -> failed(query));
    }

    private Optional<List<Record>> lookUp(Record question) {
        if (question.getType() == Type.PTR) {
            return reverse(question.getName());
        }
        String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
        return directory.addresses(name).map(all -> records(question, all));
    }

    /// Those of the asked family; none for other types, since the name exists.
    private static List<Record> records(Record question, List<InetAddress> addresses) {
        List<Record> found = new ArrayList<>();
        for (InetAddress address : addresses) {
            boolean four = address instanceof Inet4Address;
            if (four && question.getType() == Type.A) {
                found.add(new ARecord(question.getName(), DClass.IN, TTL_SECONDS, address));
            } else if (!four && question.getType() == Type.AAAA) {
                found.add(new AAAARecord(question.getName(), DClass.IN, TTL_SECONDS, address));
            }
        }
        Collections.shuffle(found);
        return found;
    }

    private Optional<List<Record>> reverse(Name name) {
        try {
            return directory
                    .nameOf(ReverseMap.fromName(name))
                    .map(target ->
                            List.of(
                                    new PTRRecord(
                                            name,
                                            DClass.IN,
                                            TTL_SECONDS,
                                            Name.fromConstantString(target + "."))));
        } catch (IOException | IllegalArgumentException e) {
            // not the name of an address
            return Optional.empty();
        }
    }

    private static Message reply(Message query, int code, List<Record> answers) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.getHeader().setOpcode(query.getHeader().getOpcode());
        if (query.getHeader().getFlag(Flags.RD)) {
            reply.getHeader().setFlag(Flags.RD);
        }
        reply.getHeader().setRcode(code);
        Record question = query.getQuestion();
        if (question != null) {
            reply.addRecord(question, Section.QUESTION);
        }
        answers.forEach(a -> reply.addRecord(a, Section.ANSWER));
        if (query.getOPT() != null) {
            reply.addRecord(new OPTRecord(OUR_UDP, 0, 0), Section.ADDITIONAL);
        }
        return reply;
    }

    /// Cut to what the client takes, with the truncation bit.
    private static byte[] wire(Message reply, Message query, boolean tcp) {
        @Nullable OPTRecord opt = query.getOPT();
        int udp = opt == null ? PLAIN_UDP : Math.max(PLAIN_UDP, opt.getPayloadSize());
        return reply.toWire(tcp ? 65535 : udp);
    }

    private static byte[] broken(byte[] query) {
        return headerOnly(query, Rcode.FORMERR);
    }

    private static byte[] failed(byte[] query) {
        try {
            Message message = new Message(query);
            return reply(message, Rcode.SERVFAIL, List.of()).toWire();
        } catch (IOException e) {
            return headerOnly(query, Rcode.SERVFAIL);
        }
    }

    private static byte[] headerOnly(byte[] query, int code) {
        byte[] reply = new byte[HEADER];
        reply[0] = query[0];
        reply[1] = query[1];
        reply[2] = (byte) (0x80 | query[2] & 0x79);
        reply[3] = (byte) (0x80 | code);
        return reply;
    }
}
