package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the word after some words of a command line is.
///
/// @param valueOf the flag that waits for its value; null = none does
/// @param arguments how many arguments stand before it
/// @param mayBeFlag whether a flag may stand there
record CommandPosition(@Nullable Flag valueOf, int arguments, boolean mayBeFlag) {
    /// @param interspersed whether flags may follow arguments
    static CommandPosition after(List<String> words, Flag[] flags, boolean interspersed) {
        int arguments = 0;
        boolean flagsOver = false;
        Flag waiting = null;
        for (String word : words) {
            if (waiting != null) {
                waiting = null;
            } else if (flagsOver || word.length() < 2 || word.charAt(0) != '-') {
                arguments++;
                flagsOver |= !interspersed;
            } else if (word.equals("--")) {
                flagsOver = true;
            } else {
                waiting = waitingFor(word, flags);
            }
        }
        return new CommandPosition(waiting, arguments, !flagsOver);
    }

    private static @Nullable Flag waitingFor(String word, Flag[] flags) {
        if (word.indexOf('=') >= 0) {
            return null;
        }
        if (word.startsWith("--")) {
            Flag flag = byName(flags, word.substring(2));
            return flag == null || flag.type() == FlagType.BOOL ? null : flag;
        }
        for (int i = 1; i < word.length(); i++) {
            Flag flag = byLetter(flags, word.charAt(i));
            if (flag == null) {
                return null;
            }
            if (flag.type() != FlagType.BOOL) {
                // -p8080 has its value, -itp waits for it
                return i == word.length() - 1 ? flag : null;
            }
        }
        return null;
    }

    static @Nullable Flag byName(Flag[] flags, String name) {
        for (Flag flag : flags) {
            if (flag.name().equals(name)) {
                return flag;
            }
        }
        return null;
    }

    private static @Nullable Flag byLetter(Flag[] flags, char letter) {
        for (Flag flag : flags) {
            if (flag.letter() == letter) {
                return flag;
            }
        }
        return null;
    }
}
