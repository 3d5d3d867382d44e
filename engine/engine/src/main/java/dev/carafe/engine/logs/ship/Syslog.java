package dev.carafe.engine.logs.ship;

import dev.carafe.base.InvalidArgument;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A syslog service, by the options of Docker's driver.
public final class Syslog implements Destination {
    /// The driver's own options.
    public static final Set<String> OPTIONS =
            Stream.concat(
                            Stream.of("syslog-address", "syslog-facility", "syslog-format"),
                            SyslogTls.OPTIONS.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private final SyslogAddress address;
    private final SyslogTls tls;
    private final SyslogFormat format;
    private final SyslogFormat.Sender sender;
    private @Nullable Line line;

    /// @param tag tells the container
    /// @param host this machine's name
    /// @throws InvalidArgument as {@link #check}
    public Syslog(Map<String, String> options, String tag, String host) {
        this.address = SyslogAddress.parse(options.getOrDefault("syslog-address", ""));
        this.tls = SyslogTls.of(options);
        this.format = SyslogFormat.parse(options.getOrDefault("syslog-format", ""));
        int facility = SyslogFacility.parse(options.getOrDefault("syslog-facility", ""));
        this.sender = new SyslogFormat.Sender(facility, host, tag, ProcessHandle.current().pid());
    }

    /// @throws InvalidArgument an option can't be, with Docker's words
    public static void check(Map<String, String> options) {
        try (Syslog unused = new Syslog(options, "", "")) {
            if (unused.address instanceof SyslogAddress.Tls) {
                unused.tls.check();
            }
        }
    }

    @Override
    public void send(Message message) throws IOException {
        Line open = line;
        if (open == null) {
            open = Line.to(address, tls);
            line = open;
        }
        try {
            byte[] written = format.write(sender, message, ZoneId.systemDefault());
            open.send(address instanceof SyslogAddress.Tls ? format.framed(written) : written);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        Line open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is given up either way
            }
        }
    }
}
