package dev.carafe.build.files;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `--chmod`: octal bits, or symbolic ones as chmod(1) has them: `u=rwX,go=rX`, `a+x`, `g=u`.
public final class Chmod {
    private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,4}");
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=][rwxXstugo]*)+)");
    private static final Pattern ACTION = Pattern.compile("([-+=])([rwxXstugo]*)");

    private record Action(String who, char operator, String bits) {}

    private final int octal;
    private final List<Action> actions;

    private Chmod(int octal, List<Action> actions) {
        this.octal = octal;
        this.actions = actions;
    }

    /// @throws InvalidArgument for what is neither
    public static Chmod parse(String text) {
        if (OCTAL.matcher(text).matches()) {
            return new Chmod(Integer.parseInt(text, 8), List.of());
        }
        List<Action> actions = new ArrayList<>();
        for (String clause : text.split(",", -1)) {
            Matcher matcher = CLAUSE.matcher(clause);
            if (!matcher.matches()) {
                throw new InvalidArgument(
                        "invalid chmod parameter: '"
                                + text
                                + "'. it should be octal string and between 0 and 07777, or"
                                + " symbolic as u=rwX,go=rX");
            }
            String who = matcher.group(1).isEmpty() ? "a" : matcher.group(1);
            Matcher action = ACTION.matcher(matcher.group(2));
            while (action.find()) {
                actions.add(new Action(who, action.group(1).charAt(0), action.group(2)));
            }
        }
        return new Chmod(-1, List.copyOf(actions));
    }

    /// The bits of directories that are made on the way: octal ones hold for them, too.
    int ofParents() {
        return octal >= 0 ? octal & 0777 : 0755;
    }

    /// The permission bits that a file with these bits gets.
    public int apply(int permissions, boolean directory) {
        if (octal >= 0) {
            return octal;
        }
        int mode = permissions;
        for (Action action : actions) {
            mode = apply(action, mode, directory);
        }
        return mode;
    }

    private static int apply(Action action, int mode, boolean directory) {
        boolean all = action.who().contains("a");
        int result = mode;
        for (char who : "ugo".toCharArray()) {
            if (all || action.who().indexOf(who) >= 0) {
                int shift = who == 'u' ? 6 : who == 'g' ? 3 : 0;
                int bits = bits(action.bits(), mode, directory) << shift;
                int special = special(action.bits(), who);
                result =
                        switch (action.operator()) {
                            case '+' -> result | bits | special;
                            case '-' -> result & ~(bits | special);
                            default -> result & ~(7 << shift) | bits | special;
                        };
            }
        }
        return result;
    }

    private static int bits(String letters, int mode, boolean directory) {
        int bits = 0;
        for (char letter : letters.toCharArray()) {
            bits |=
                    switch (letter) {
                        case 'r' -> 4;
                        case 'w' -> 2;
                        case 'x' -> 1;
                        case 'X' -> directory || (mode & 0111) != 0 ? 1 : 0;
                        case 'u' -> mode >> 6 & 7;
                        case 'g' -> mode >> 3 & 7;
                        case 'o' -> mode & 7;
                        default -> 0;
                    };
        }
        return bits;
    }

    private static int special(String letters, char who) {
        int bits = letters.indexOf('s') >= 0 ? (who == 'u' ? 04000 : who == 'g' ? 02000 : 0) : 0;
        return bits | (letters.indexOf('t') >= 0 && who == 'o' ? 01000 : 0);
    }
}
