package dev.carafe.engine.logs;

import dev.carafe.base.ByteSize;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.logs.ship.Destination;
import dev.carafe.engine.logs.ship.Journald;
import dev.carafe.engine.logs.ship.Syslog;
import dev.carafe.linux.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The log drivers of an engine: which there are, which options they take, and how a container's
/// log is opened. Thread-safe.
public final class LogDrivers implements AutoCloseable {
    /// All there are, for `docker info`.
    public static final List<String> NAMES =
            List.of("journald", "json-file", "local", "none", "syslog");

    private static final Set<String> FOR_ALL = Set.of("mode", "max-buffer-size");
    private static final Set<String> FILE = Set.of("max-size", "max-file", "compress");
    private static final Set<String> CHOICE =
            Set.of("labels", "labels-regex", "env", "env-regex", "tag");
    private static final Set<String> CACHE =
            Set.of("cache-disabled", "cache-max-size", "cache-max-file", "cache-compress");
    private static final LogFileOptions LOCAL = new LogFileOptions(20_000_000, 5, true, "");
    private final LogConfig defaults;
    private final Spares<JsonLines> encoders = JsonFileLog.encoders();

    /// @param defaults of the daemon; an empty driver: json-file
    /// @throws InvalidArgument they are not possible
    public LogDrivers(LogConfig defaults) {
        this.defaults =
                defaults.driver().isEmpty()
                        ? new LogConfig("json-file", defaults.options())
                        : defaults;
        check(this.defaults);
    }

    /// What the daemon uses where a container says nothing.
    public String defaultDriver() {
        return defaults.driver();
    }

    /// As asked, with the daemon's defaults where nothing was said: its driver, and its options for
    /// that driver.
    ///
    /// @throws InvalidArgument unknown driver or option, with Docker's words
    public LogConfig resolve(LogConfig asked) {
        String driver = asked.driver().isEmpty() ? defaults.driver() : asked.driver();
        Map<String, String> options = new LinkedHashMap<>();
        if (driver.equals(defaults.driver())) {
            options.putAll(defaults.options());
        }
        options.putAll(asked.options());
        LogConfig resolved = new LogConfig(driver, options);
        check(resolved);
        return resolved;
    }

    private static void check(LogConfig config) {
        if (config.driver().equals("none")) {
            return;
        }
        checkMode(config.options());
        Map<String, String> own = new TreeMap<>(config.options());
        own.keySet().removeAll(FOR_ALL);
        switch (config.driver()) {
            case "json-file" -> {
                checkNames(own, "unknown log opt '%s' for json-file log driver", FILE, CHOICE);
                LogAttributes.check(own);
                files(LogFileOptions.BOUNDED, own);
            }
            case "local" -> {
                checkNames(own, "unknown log opt '%s' for log-driver local", FILE);
                files(LOCAL, own);
            }
            case "syslog" -> {
                checkNames(
                        own,
                        "unknown log opt '%s' for syslog log driver",
                        Syslog.OPTIONS,
                        CHOICE,
                        CACHE);
                LogAttributes.check(own);
                Syslog.check(own);
                cache(own);
            }
            case "journald" -> {
                checkNames(own, "unknown log opt '%s' for journald log driver", CHOICE, CACHE);
                LogAttributes.check(own);
                cache(own);
            }
            default ->
                    throw new InvalidArgument(
                            "logger: no log driver named '" + config.driver() + "' is registered");
        }
    }

    /// Output never waits for a reader, so the mode `non-blocking` and its buffer change nothing.
    private static void checkMode(Map<String, String> options) {
        String mode = options.getOrDefault("mode", "");
        if (!Set.of("", "blocking", "non-blocking").contains(mode)) {
            throw new InvalidArgument("logger: logging mode not supported: " + mode);
        }
        String buffer = options.get("max-buffer-size");
        if (buffer != null) {
            if (!mode.equals("non-blocking")) {
                throw new InvalidArgument(
                        "logger: max-buffer-size option is only supported with 'mode=non-blocking'");
            }
            ByteSize.parse(buffer);
        }
    }

    @SafeVarargs
    private static void checkNames(
            Map<String, String> options, String words, Set<String>... known) {
        for (String name : options.keySet()) {
            boolean there = false;
            for (Set<String> some : known) {
                there |= some.contains(name);
            }
            if (!there) {
                throw new InvalidArgument(words.formatted(name));
            }
        }
    }

    /// The log of a container, also one that has not run yet.
    ///
    /// @param config as {@link #resolve} gave it
    public LogWriter open(LogConfig config, LogSubject subject) {
        Map<String, String> options = config.options();
        return switch (config.driver()) {
            case "none" -> LogWriter.none();
            case "", "json-file" ->
                    JsonFileLog.open(
                            jsonFile(subject.folder(), subject.id()),
                            files(LogFileOptions.BOUNDED, options)
                                    .withAttributes(attributes(options, subject)),
                            encoders);
            case "local" ->
                    JsonFileLog.open(
                            folder(subject.folder()).resolve("container.log"),
                            files(LOCAL, options),
                            encoders);
            case "syslog" ->
                    shipped(
                            new Syslog(options, tag(options, subject), hostname()),
                            options,
                            subject);
            case "journald" -> shipped(journald(options, subject), options, subject);
            default ->
                    throw new InvalidArgument(
                            "logger: no log driver named '" + config.driver() + "' is registered");
        };
    }

    private static String hostname() {
        return ProcFiles.tryRead("/proc/sys/kernel/hostname").map(String::strip).orElse("-");
    }

    private static Journald journald(Map<String, String> options, LogSubject subject) {
        return new Journald(
                Journald.SOCKET,
                Journald.fields(
                        subject.id(),
                        subject.name(),
                        subject.image(),
                        tag(options, subject),
                        LogAttributes.of(subject, options)));
    }

    private static String tag(Map<String, String> options, LogSubject subject) {
        String tag = options.getOrDefault("tag", "");
        return LogTag.of(tag.isEmpty() ? "{{.ID}}" : tag, subject);
    }

    private LogWriter shipped(
            Destination destination, Map<String, String> options, LogSubject subject) {
        Path file = folder(subject.folder()).resolve("container.log");
        LogWriter kept = JsonFileLog.open(file, cache(options), encoders);
        Shipper shipper =
                new Shipper(
                        kept,
                        file.resolveSibling("container.log.shipped"),
                        destination,
                        "the log of container " + subject.id());
        return new ShippedLog(
                kept, shipper, !isTrue(options.get("cache-disabled"), "cache-disabled"));
    }

    /// The options of what is kept here while a service outside has it too.
    private static LogFileOptions cache(Map<String, String> options) {
        Map<String, String> own = new LinkedHashMap<>();
        for (String name : CACHE) {
            String value = options.get(name);
            if (value != null) {
                own.put(name.substring("cache-".length()), value);
            }
        }
        boolean unused = isTrue(own.remove("disabled"), "cache-disabled");
        return files(LOCAL, own);
    }

    private static boolean isTrue(@Nullable String text, String name) {
        return text != null && parse(text, name);
    }

    /// Where other programs may read it, when the driver promises that.
    public static @Nullable Path file(LogConfig config, Path folder, String id) {
        return config.driver().isEmpty() || config.driver().equals("json-file")
                ? jsonFile(folder, id)
                : null;
    }

    private static Path folder(Path container) {
        Path folder = container.resolve("local-logs");
        try {
            Files.createDirectories(folder);
            return folder;
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Path jsonFile(Path folder, String id) {
        return folder.resolve(id + "-json.log");
    }

    private static String attributes(Map<String, String> options, LogSubject subject) {
        Map<String, String> all = LogAttributes.of(subject, options);
        String tag = options.getOrDefault("tag", "");
        if (!tag.isEmpty()) {
            all.put("tag", LogTag.of(tag, subject));
        }
        return LogAttributes.json(all);
    }

    private static LogFileOptions files(LogFileOptions defaults, Map<String, String> options) {
        String size = options.get("max-size");
        String number = options.get("max-file");
        long bytes = size == null ? defaults.maxBytes() : bytes(size);
        // Docker's rule: who gives a size and no number has one file.
        int files =
                number != null
                        ? number(number)
                        : size != null && !defaults.compress() ? 1 : defaults.maxFiles();
        String packed = options.get("compress");
        boolean compress = packed == null ? defaults.compress() : parse(packed, "compress");
        if (packed != null && compress && (files < 2 || bytes < 0)) {
            throw new InvalidArgument(
                    "compress cannot be true when max-file is less than 2 or max-size is not set");
        }
        return defaults.withLimits(bytes, files).withCompress(compress && files > 1);
    }

    private static long bytes(String text) {
        if (text.equals("-1")) {
            return -1;
        }
        long bytes = ByteSize.parseDecimal(text).bytes();
        if (bytes <= 0) {
            throw new InvalidArgument("max-size must be a positive number");
        }
        return bytes;
    }

    private static int number(String text) {
        try {
            int files = Integer.parseInt(text);
            if (files < 1) {
                throw new InvalidArgument("max-file cannot be less than 1");
            }
            return files;
        } catch (NumberFormatException e) {
            throw new InvalidArgument(Subject.NONE, "max-file is no number: '" + text + "'", e);
        }
    }

    private static boolean parse(String text, String name) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new InvalidArgument(name + " is neither true nor false: " + text);
        };
    }

    @Override
    public void close() {
        encoders.close();
    }
}
