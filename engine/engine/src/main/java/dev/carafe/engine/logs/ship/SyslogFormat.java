package dev.carafe.engine.logs.ship;

import dev.carafe.base.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// How a syslog message is written, by the values of the option `syslog-format`.
enum SyslogFormat {
    /// Without a host name, as syslog(3) writes to a local socket.
    UNIX,
    /// RFC 3164.
    RFC3164,
    /// RFC 5424, times to the second.
    RFC5424,
    /// RFC 5424, times to the microsecond.
    RFC5424MICRO;

    private static final DateTimeFormatter OLD =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX", Locale.ROOT);

    /// @throws InvalidArgument with Docker's words
    static SyslogFormat parse(String text) {
        return switch (text) {
            case "" -> UNIX;
            case "rfc3164" -> RFC3164;
            case "rfc5424" -> RFC5424;
            case "rfc5424micro" -> RFC5424MICRO;
            default -> throw new InvalidArgument("Invalid syslog format");
        };
    }

    /// Who sends.
    ///
    /// @param facility by syslog's numbers
    /// @param tag the container
    record Sender(int facility, String host, String tag, long pid) {}

    /// One message with a newline at its end.
    byte[] write(Sender sender, Message message, ZoneId zone) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.line().length + 128);
        String head = head(sender, message, message.time().atZone(zone));
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(message.line());
        out.write('\n');
        return out.toByteArray();
    }

    /// As it goes over TLS: messages of RFC 5424 behind their length (RFC 5425, 4.3), others as
    /// they are.
    byte[] framed(byte[] message) {
        if (this == UNIX || this == RFC3164) {
            return message;
        }
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream(length.length + message.length);
        out.writeBytes(length);
        out.writeBytes(message);
        return out.toByteArray();
    }

    private String head(Sender sender, Message message, ZonedDateTime time) {
        String priority = "<" + (sender.facility * 8 + message.severity()) + ">";
        String tagged = sender.tag + "[" + sender.pid + "]: ";
        return switch (this) {
            case UNIX -> priority + OLD.format(time) + " " + tagged;
            case RFC3164 -> priority + OLD.format(time) + " " + sender.host + " " + tagged;
            case RFC5424 -> priority + modern(sender, seconds(time));
            case RFC5424MICRO -> priority + modern(sender, MICROS.format(time));
        };
    }

    private static String seconds(ZonedDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String modern(Sender s, String time) {
        return "1 " + time + " " + s.host + " " + s.tag + " " + s.pid + " " + s.tag + " - ";
    }
}
