package dev.carafe.cli.flags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The flags and the arguments that a command line gave. Values passed their type's check.
public final class Parsed {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, Flag> known;
    private final List<String> arguments = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Parsed(Map<String, Flag> known) {
        this.known = known;
    }

    void set(Flag flag, String value) {
        List<String> all = values.get(flag.name());
        if (all == null) {
            all = new ArrayList<>();
            values.put(flag.name(), all);
        }
        if (!flag.type().many()) {
            all.clear();
        }
        switch (flag.type()) {
            case STRINGS, IPS, IP_NETS -> all.addAll(Csv.fields(value));
            default -> all.add(value);
        }
        if (flag.note() != null) {
            warnings.add("Flag --" + flag.name() + " has been deprecated, " + flag.note());
        }
    }

    void argument(String value) {
        arguments.add(value);
    }

    public List<String> arguments() {
        return arguments;
    }

    public String argument(int index) {
        return arguments.get(index);
    }

    /// Sentences about deprecated flags, for the user.
    public List<String> warnings() {
        return warnings;
    }

    /// Whether the flag was given at all.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    public boolean bool(String name) {
        String last = last(name);
        if (last == null) {
            Flag flag = known.get(name);
            return flag != null && flag.fallback().equals("true");
        }
        return Values.bool(last);
    }

    /// The last value, or the default; empty when there is neither.
    public String text(String name) {
        String last = last(name);
        if (last != null) {
            return last;
        }
        Flag flag = known.get(name);
        return flag == null ? "" : flag.fallback();
    }

    /// 0 when not given.
    public long number(String name) {
        String text = text(name);
        return text.isEmpty() ? 0 : Values.int64(text);
    }

    /// All values in their order.
    public List<String> all(String name) {
        List<String> all = values.get(name);
        return all == null ? List.of() : all;
    }

    private @Nullable String last(String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? null : all.get(all.size() - 1);
    }
}
