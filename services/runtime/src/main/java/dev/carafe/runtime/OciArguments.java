package dev.carafe.runtime;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Options and operands of one part of a command line. Options end at the first operand or at `--`.
final class OciArguments {
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private OciArguments() {}

    /// @param valued options that take a value, with their dashes; several names of one are given
    ///   in `names`
    /// @param names another name -> the name it stands for
    /// @throws InvalidArgument when a value is missing
    static OciArguments parse(List<String> args, Set<String> valued, Map<String, String> names) {
        OciArguments parsed = new OciArguments();
        int i = 0;
        for (; i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1; i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                i++;
                break;
            }
            int equals = arg.indexOf('=');
            // one dash or two, as Go's flag packages take them
            String bare =
                    "-" + (equals < 0 ? arg : arg.substring(0, equals)).replaceFirst("^-+", "");
            String name = names.getOrDefault(bare, bare);
            List<String> values = parsed.options.computeIfAbsent(name, n -> new ArrayList<>());
            if (equals >= 0) {
                values.add(arg.substring(equals + 1));
            } else if (!valued.contains(name)) {
                values.add("true");
            } else if (i + 1 < args.size()) {
                values.add(args.get(++i));
            } else {
                throw new InvalidArgument("flag needs an argument: " + arg);
            }
        }
        parsed.operands.addAll(args.subList(i, args.size()));
        return parsed;
    }

    Optional<String> value(String name) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    List<String> values(String name) {
        return options.getOrDefault(name, List.of());
    }

    boolean flag(String name) {
        return value(name).filter(v -> !v.equals("false")).isPresent();
    }

    List<String> operands() {
        return operands;
    }

    /// The operand at that place.
    String operand(int index, String what) {
        if (index >= operands.size() || operands.get(index).isEmpty()) {
            throw new InvalidArgument("missing argument: " + what);
        }
        return operands.get(index);
    }
}
