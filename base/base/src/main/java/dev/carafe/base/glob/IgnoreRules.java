package dev.carafe.base.glob;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A `.dockerignore` file: patterns in order, the last that matches a path or a folder above it
/// decides, `!` takes a path back in (docker build reference, ".dockerignore file").
public final class IgnoreRules {
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private record Rule(Glob glob, boolean takesIn, String pattern) {}

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    /// Reads a whole file.
    ///
    /// @throws InvalidArgument for a pattern that can't be
    public static IgnoreRules parse(String file) {
        List<String> patterns = new ArrayList<>();
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        for (String line : text.split("\n", -1)) {
            if (!line.startsWith("#")) {
                patterns.add(line);
            }
        }
        return of(patterns);
    }

    /// The same from patterns one by one, as `--exclude` gives them.
    public static IgnoreRules of(List<String> patterns) {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            String text = pattern.strip();
            if (!text.isEmpty()) {
                rules.add(rule(text));
            }
        }
        return rules.isEmpty() ? NONE : new IgnoreRules(List.copyOf(rules));
    }

    private static Rule rule(String text) {
        boolean takesIn = text.startsWith("!");
        String pattern = takesIn ? text.substring(1).strip() : text;
        if (pattern.isEmpty()) {
            throw new InvalidArgument("illegal exclusion pattern: \"!\"");
        }
        String clean = clean(pattern);
        try {
            return new Rule(Glob.parse(clean), takesIn, clean);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(Subject.NONE, e.text() + ": " + text, e);
        }
    }

    /// `/a/../b/` becomes `b`.
    private static String clean(String pattern) {
        String clean = Path.of("/" + pattern).normalize().toString();
        return clean.length() > 1 ? clean.substring(1) : ".";
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /// @param path relative to the context, forward slashes, no slash at the ends
    public boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            // only a rule that changes the answer needs to be looked at
            if (rule.takesIn() == ignored && matches(rule, path)) {
                ignored = !rule.takesIn();
            }
        }
        return ignored;
    }

    private static boolean matches(Rule rule, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (rule.glob().matches(path.substring(0, slash))) {
                return true;
            }
        }
        return rule.glob().matches(path);
    }

    /// Whether something below an ignored folder may be taken in again, so that it must be walked.
    ///
    /// @param folder empty for the root
    public boolean mayTakeInBelow(String folder) {
        if (folder.isEmpty()) {
            return rules.stream().anyMatch(Rule::takesIn);
        }
        String below = folder + "/";
        return rules.stream()
                .filter(Rule::takesIn)
                .map(Rule::pattern)
                .anyMatch(p -> p.startsWith(below) || mayReach(p, folder));
    }

    /// A pattern with wildcards may reach anywhere that its fixed beginning allows.
    private static boolean mayReach(String pattern, String folder) {
        int wild = 0;
        while (wild < pattern.length() && "*?[\\".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        if (wild == pattern.length()) {
            return false;
        }
        String fixed = pattern.substring(0, wild);
        return fixed.startsWith(folder + "/") || (folder + "/").startsWith(fixed);
    }
}
