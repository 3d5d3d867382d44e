package dev.carafe.cli.flags;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads arguments as pflag does: `--name value`, `--name=value`, `-n value`, `-nvalue`,
/// `-n=value`, `-it`, `--`.
public final class FlagParser {
    private final Map<String, Flag> byName = new HashMap<>();
    private final Flag[] byLetter = new Flag[128];
    private final boolean interspersed;
    private final Parsed parsed = new Parsed(byName);

    /// @param interspersed flags may follow arguments; otherwise the first argument ends the flags
    public FlagParser(Flag[] flags, boolean interspersed) {
        this.interspersed = interspersed;
        for (Flag flag : flags) {
            byName.put(flag.name(), flag);
            if (flag.letter() != 0) {
                byLetter[flag.letter()] = flag;
            }
        }
    }

    /// Whether help was asked for: `--help`, or `-h` where it means nothing else.
    public boolean help() {
        return parsed.has("help");
    }

    /// @throws FlagFailure with the sentence for the user
    public Parsed parse(List<String> arguments) {
        int at = 0;
        while (at < arguments.size()) {
            String word = arguments.get(at++);
            if (word.length() < 2 || word.charAt(0) != '-') {
                parsed.argument(word);
                if (!interspersed) {
                    break;
                }
            } else if (word.equals("--")) {
                break;
            } else {
                String next = at < arguments.size() ? arguments.get(at) : null;
                at += word.charAt(1) == '-' ? longFlag(word, next) : letters(word, next);
                if (help()) {
                    return parsed;
                }
            }
        }
        while (at < arguments.size()) {
            parsed.argument(arguments.get(at++));
        }
        return parsed;
    }

    /// @return how many further words were used
    private int longFlag(String word, @Nullable String next) {
        String body = word.substring(2);
        if (body.isEmpty() || body.charAt(0) == '-' || body.charAt(0) == '=') {
            throw new FlagFailure("bad flag syntax: " + word);
        }
        int equals = body.indexOf('=');
        String name = equals < 0 ? body : body.substring(0, equals);
        Flag flag = byName.get(name);
        if (flag == null) {
            if (name.equals("help")) {
                parsed.set(HELP, "true");
                return 0;
            }
            throw new FlagFailure("unknown flag: --" + name);
        }
        if (equals >= 0) {
            set(flag, body.substring(equals + 1));
            return 0;
        }
        if (flag.type() == FlagType.BOOL) {
            set(flag, "true");
            return 0;
        }
        if (next == null) {
            throw new FlagFailure("flag needs an argument: --" + name);
        }
        set(flag, next);
        return 1;
    }

    private int letters(String word, @Nullable String next) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            Flag flag = letter < 128 ? byLetter[letter] : null;
            if (flag == null) {
                if (letter == 'h') {
                    parsed.set(HELP, "true");
                    return 0;
                }
                throw new FlagFailure(
                        "unknown shorthand flag: '" + letter + "' in -" + word.substring(i));
            }
            String rest = word.substring(i + 1);
            if (rest.startsWith("=") && rest.length() > 1) {
                set(flag, rest.substring(1));
                return 0;
            }
            if (flag.type() == FlagType.BOOL) {
                set(flag, "true");
            } else if (!rest.isEmpty()) {
                set(flag, rest);
                return 0;
            } else if (next == null) {
                throw new FlagFailure(
                        "flag needs an argument: '" + letter + "' in -" + word.substring(i));
            } else {
                set(flag, next);
                return 1;
            }
        }
        return 0;
    }

    private void set(Flag flag, String value) {
        try {
            flag.type().check(value);
        } catch (BadValue e) {
            throw new FlagFailure(
                    "invalid argument "
                            + Checks.quote(value)
                            + " for \""
                            + flag.label()
                            + "\" flag: "
                            + e.getMessage());
        }
        parsed.set(flag, value);
    }

    private static final Flag HELP = Flag.bool("help", "Show this help");
}
