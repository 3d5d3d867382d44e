package dev.carafe.cli.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One execution: the output so far, the variables, and where in which text it is.
final class Scope {
    private static final int MAX_DEPTH = 1000;

    final StringBuilder out;
    final boolean missingKeyIsError;

    /// Docker's functions give back their first argument.
    final boolean heads;

    /// What is evaluated: where an error is reported.
    Operand node = new Operand.Dot(0);

    private final String name;
    private final String text;
    private final Map<String, Statement.Block> templates;
    private final int depth;
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    Scope(
            String name,
            String text,
            Map<String, Statement.Block> templates,
            StringBuilder out,
            boolean missingKeyIsError,
            boolean heads,
            int depth,
            @Nullable Object root) {
        this.name = name;
        this.text = text;
        this.templates = templates;
        this.out = out;
        this.missingKeyIsError = missingKeyIsError;
        this.heads = heads;
        this.depth = depth;
        declare("$", root);
    }

    void declare(String variable, @Nullable Object value) {
        names.add(variable);
        values.add(value);
    }

    void assign(Operand place, String variable, @Nullable Object value) {
        int at = names.lastIndexOf(variable);
        if (at < 0) {
            throw failure(place, "undefined variable: " + variable);
        }
        values.set(at, value);
    }

    @Nullable Object variable(String variable) {
        int at = names.lastIndexOf(variable);
        return at < 0 ? null : values.get(at);
    }

    /// How many variables there are, to give to {@link #forget} at the end of a block.
    int mark() {
        return names.size();
    }

    void forget(int mark) {
        while (names.size() > mark) {
            names.remove(names.size() - 1);
            values.remove(values.size() - 1);
        }
    }

    /// Executes a named template with its own variables.
    void invoke(Operand place, String template, @Nullable Object dot) {
        Statement.Block body = templates.get(template);
        if (body == null) {
            throw failure(place, "template " + GoFormat.quote(template) + " not defined");
        }
        if (depth >= MAX_DEPTH) {
            throw failure(place, "exceeded maximum template depth (" + MAX_DEPTH + ")");
        }
        body.execute(
                new Scope(template, text, templates, out, missingKeyIsError, heads, depth + 1, dot),
                dot);
    }

    TemplateFailure failure(Operand at, @Nullable String what) {
        int lineStart = text.lastIndexOf('\n', Math.max(0, at.position - 1)) + 1;
        if (at.position == 0) {
            lineStart = 0;
        }
        int line = 1;
        for (int i = 0; i < at.position; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new TemplateFailure(
                "template: "
                        + name
                        + ":"
                        + line
                        + ":"
                        + (at.position - lineStart)
                        + ": executing "
                        + GoFormat.quote(name)
                        + " at <"
                        + at
                        + ">: "
                        + what);
    }
}
