package dev.carafe.cli.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parsed template. Immutable; may be executed many times.
public final class Template {
    private final String name;
    private final String text;
    private final Map<String, Statement.Block> templates;
    private final Statement.Block body;

    private Template(
            String name,
            String text,
            Map<String, Statement.Block> templates,
            Statement.Block body) {
        this.name = name;
        this.text = text;
        this.templates = templates;
        this.body = body;
    }

    /// @throws TemplateFailure with Go's sentence
    public static Template parse(String text) {
        return parse("", text);
    }

    /// @param name for error sentences
    /// @throws TemplateFailure with Go's sentence
    public static Template parse(String name, String text) {
        Map<String, Statement.Block> templates = new HashMap<>();
        Statement.Block body =
                new TemplateParser(name, new Lexer(name, text).tokens(), templates).parse();
        return new Template(name, text, templates, body);
    }

    /// Executes with Go's default: a missing key of a map is no value.
    ///
    /// @throws TemplateFailure with Go's sentence
    public String execute(@Nullable Object data) {
        return run(data, false, false);
    }

    /// Executes for a table's heads: Docker's functions give back what they get.
    ///
    /// @throws TemplateFailure with Go's sentence
    public String executeForHeads(@Nullable Object data) {
        return run(data, false, true);
    }

    /// Executes with `missingkey=error`.
    public String executeStrictly(@Nullable Object data) {
        return run(data, true, false);
    }

    private String run(@Nullable Object data, boolean missingKeyIsError, boolean heads) {
        StringBuilder out = new StringBuilder();
        body.execute(
                new Scope(name, text, templates, out, missingKeyIsError, heads, 0, data), data);
        return out.toString();
    }
}
