package dev.carafe.daemon.options;

import dev.carafe.base.InvalidArgument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line and the configuration file merged. Asking for an option that the table does not
/// have is a fault of ours.
public final class Settings {
    public static final String DEFAULT_HOST = "unix:///run/carafe/carafe.sock";
    public static final String DEFAULT_DATA_ROOT = "/var/lib/carafe";
    public static final String DEFAULT_EXEC_ROOT = "/run/carafe";
    public static final String DEFAULT_CONFIG = "/etc/carafe/daemon.json";

    private final OptionTable table;
    private final Map<Option, List<String>> values;
    private final @Nullable Path file;

    private Settings(OptionTable table, Map<Option, List<String>> values, @Nullable Path file) {
        this.table = table;
        this.values = values;
        this.file = file;
    }

    /// Reads both.
    ///
    /// @throws InvalidArgument for what is wrong in either, and for an option given in both
    public static Settings of(List<String> arguments) {
        OptionTable table = new OptionTable();
        Map<Option, List<String>> flags = CommandLine.parse(table, arguments);
        Settings line = new Settings(table, flags, null);
        Optional<String> named = line.text("config-file");
        Path file = Path.of(named.orElse(DEFAULT_CONFIG)).toAbsolutePath();
        if (line.flag("help", false) || line.flag("version", false)) {
            return line;
        }
        if (named.isEmpty() && !Files.exists(file)) {
            return line;
        }
        Map<Option, List<String>> fromFile = ConfigFile.read(table, file);
        refuseConflicts(file, flags, fromFile);
        Map<Option, List<String>> all = new LinkedHashMap<>(fromFile);
        all.putAll(flags);
        return new Settings(table, all, file);
    }

    private static void refuseConflicts(
            Path file, Map<Option, List<String>> flags, Map<Option, List<String>> fromFile) {
        List<String> conflicts = new ArrayList<>();
        flags.forEach((option, value) -> {
            List<String> other = fromFile.get(option);
            if (other != null) {
                conflicts.add(
                        "%s: (from flag: %s, from file: %s)"
                                .formatted(option.key(), shown(value), shown(other)));
            }
        });
        if (!conflicts.isEmpty()) {
            throw ConfigFile.invalid(
                    file,
                    "the following directives are specified both as a flag and in the configuration file: "
                            + String.join(", ", conflicts));
        }
    }

    private static String shown(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values.toString();
    }

    /// The file that was read, if any.
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    public Optional<String> text(String name) {
        List<String> all = values.get(option(name));
        return all == null ? Optional.empty() : Optional.of(all.getLast());
    }

    public boolean flag(String name, boolean absent) {
        return text(name).map(CommandLine::isTrue).orElse(absent);
    }

    public Optional<Integer> number(String name) {
        return text(name).map(Integer::valueOf);
    }

    public List<String> list(String name) {
        return values.getOrDefault(option(name), List.of());
    }

    /// Whether it is given, be it with an empty list.
    public boolean has(String name) {
        return values.containsKey(option(name));
    }

    /// A JSON object of the file, one level of it.
    public Map<String, String> object(String key) {
        Option option = table.byKey(key);
        if (option == null) {
            throw new IllegalArgumentException(key);
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (String pair : values.getOrDefault(option, List.of())) {
            int eq = pair.indexOf('=');
            if (eq > 0) {
                map.put(pair.substring(0, eq), pair.substring(eq + 1));
            }
        }
        return map;
    }

    /// Whether the file has the key with something that is not empty or `false`.
    boolean isGiven(String key) {
        Option option = table.byKey(key);
        return option != null
                && values.getOrDefault(option, List.of()).stream()
                        .anyMatch(v -> !Set.of("", "[]", "{}", "false", "null").contains(v));
    }

    /// @throws dev.carafe.base.CarafeException options are given that shall protect and can't yet
    public void checkProtections() {
        Protections.check(this, Path.of("/sys/fs/selinux/enforce"));
    }

    /// Options that were given and have no effect here, as flags or keys.
    public List<String> withoutEffect() {
        return values.keySet().stream()
                .filter(o -> !o.effect())
                .map(o -> o.name().isEmpty() ? o.key() : "--" + o.name())
                .toList();
    }

    private Option option(String name) {
        Option option = table.byName(name);
        if (option == null) {
            throw new IllegalArgumentException(name);
        }
        return option;
    }

    public Path dataRoot() {
        return Path.of(text("data-root").orElse(DEFAULT_DATA_ROOT)).toAbsolutePath().normalize();
    }

    public Path execRoot() {
        return Path.of(text("exec-root").orElse(DEFAULT_EXEC_ROOT)).toAbsolutePath().normalize();
    }

    public Path pidFile() {
        return text("pidfile")
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .orElse(execRoot().resolve("carafe.pid"));
    }

    public List<String> hosts() {
        return list("host").isEmpty() ? List.of(DEFAULT_HOST) : list("host");
    }
}
