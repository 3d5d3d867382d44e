package dev.carafe.cli.flags;

import org.jspecify.annotations.Nullable;

/// One flag of a command.
///
/// @param name without the dashes
/// @param letter the short form, or 0
/// @param fallback what help shows as the default; empty = nothing worth showing. For a boolean
///   `true` it is also the value.
/// @param note why the flag should no longer be used; null = it may be used
public record Flag(
        String name,
        char letter,
        FlagType type,
        String help,
        String fallback,
        boolean hidden,
        @Nullable String note) {

    public static Flag of(FlagType type, String name, String help) {
        return new Flag(name, (char) 0, type, help, "", false, null);
    }

    public static Flag of(FlagType type, char letter, String name, String help) {
        return new Flag(name, letter, type, help, "", false, null);
    }

    public static Flag bool(String name, String help) {
        return of(FlagType.BOOL, name, help);
    }

    public static Flag bool(char letter, String name, String help) {
        return of(FlagType.BOOL, letter, name, help);
    }

    public static Flag string(String name, String help) {
        return of(FlagType.STRING, name, help);
    }

    public static Flag string(char letter, String name, String help) {
        return of(FlagType.STRING, letter, name, help);
    }

    public static Flag list(String name, String help) {
        return of(FlagType.LIST, name, help);
    }

    public Flag withDefault(String value) {
        return new Flag(name, letter, type, help, value, hidden, note);
    }

    /// Works, but help does not show it.
    public Flag asHidden() {
        return new Flag(name, letter, type, help, fallback, true, note);
    }

    /// Works and warns: `Flag --time has been deprecated, use --timeout instead`.
    public Flag asDeprecated(String advice) {
        return new Flag(name, letter, type, help, fallback, true, advice);
    }

    /// `-n, --last` or `--last`, as error sentences name it.
    String label() {
        return letter == 0 ? "--" + name : "-" + letter + ", --" + name;
    }
}
