package dev.carafe.cli.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds statements from tokens; expressions are {@link ExpressionParser}'s.
final class TemplateParser {
    private final ExpressionParser in;
    private final Map<String, Statement.Block> templates;
    private int ranges;
    private int depth;

    TemplateParser(String name, List<Token> tokens, Map<String, Statement.Block> templates) {
        this.in = new ExpressionParser(name, tokens);
        this.templates = templates;
    }

    Statement.Block parse() {
        Statement.Block block = new Statement.Block();
        while (!in.peek().is(Token.Kind.END)) {
            Statement statement = textOrAction();
            if (statement instanceof Closing closing) {
                throw in.failure("unexpected {{" + closing.word + "}}");
            }
            block.statements.add(statement);
        }
        return block;
    }

    /// `{{end}}` or `{{else ...}}`: closes a block, is never executed.
    private static final class Closing extends Statement {
        final String word;

        Closing(String word) {
            this.word = word;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            return Flow.NEXT;
        }
    }

    private Statement textOrAction() {
        Token token = in.next();
        if (token.is(Token.Kind.TEXT)) {
            return new Statement.Text(token.text());
        }
        if (!token.is(Token.Kind.LEFT)) {
            throw in.unexpected(token, "input");
        }
        in.space();
        Token first = in.peek();
        if (!first.is(Token.Kind.IDENTIFIER)
                || !Lexer.isKeyword(first.text())
                || first.text().equals("nil")) {
            Pipeline pipeline = in.pipeline("command", Token.Kind.RIGHT);
            return new Statement.Print(pipeline);
        }
        in.next();
        return keyword(first);
    }

    private Statement keyword(Token first) {
        switch (first.text()) {
            case "if":
                return choice("if", false);
            case "with":
                return choice("with", true);
            case "range":
                return range();
            case "template":
                return invoke();
            case "block":
                return block();
            case "define":
                if (depth > 0) {
                    throw in.unexpected(first, "command");
                }
                return define();
            case "break":
                return jump("break", Statement.Flow.BREAK);
            case "continue":
                return jump("continue", Statement.Flow.CONTINUE);
            case "else":
                in.space();
                if (!in.peek().isWord("if") && !in.peek().isWord("with")) {
                    in.expectRight("else");
                }
                return new Closing("else");
            default:
                in.expectRight("end");
                return new Closing("end");
        }
    }

    private Statement jump(String word, Statement.Flow flow) {
        in.space();
        if (!in.peek().is(Token.Kind.RIGHT)) {
            throw in.unexpected(in.next(), "{{" + word + "}}");
        }
        in.next();
        if (ranges == 0) {
            throw in.failure("{{" + word + "}} outside {{range}}");
        }
        return new Statement.Jump(flow);
    }

    private Statement choice(String word, boolean with) {
        int mark = in.mark();
        Pipeline condition = in.pipeline(word, Token.Kind.RIGHT);
        Statement.Block then = new Statement.Block();
        Statement.Block otherwise = fill(then) ? alternative() : null;
        in.forget(mark);
        return new Statement.If(condition, with, then, otherwise);
    }

    /// After `{{else`: `if x}}`, `with x}}`, or a plain block.
    private Statement.Block alternative() {
        Statement.Block otherwise = new Statement.Block();
        Token next = in.peek();
        if (next.isWord("if") || next.isWord("with")) {
            in.next();
            otherwise.statements.add(choice(next.text(), next.text().equals("with")));
            return otherwise;
        }
        if (fill(otherwise)) {
            throw in.failure("expected end; found {{else}}");
        }
        return otherwise;
    }

    private Statement range() {
        int mark = in.mark();
        Pipeline source = in.pipeline("range", Token.Kind.RIGHT);
        ranges++;
        Statement.Block body = new Statement.Block();
        boolean hasElse = fill(body);
        ranges--;
        Statement.Block otherwise = null;
        if (hasElse) {
            otherwise = new Statement.Block();
            if (fill(otherwise)) {
                throw in.failure("expected end; found {{else}}");
            }
        }
        in.forget(mark);
        return new Statement.Range(source, body, otherwise);
    }

    /// Reads statements up to the closing one.
    ///
    /// @return whether it was `else`
    private boolean fill(Statement.Block block) {
        depth++;
        while (true) {
            if (in.peek().is(Token.Kind.END)) {
                throw in.failure("unexpected EOF");
            }
            Statement statement = textOrAction();
            if (statement instanceof Closing closing) {
                depth--;
                return closing.word.equals("else");
            }
            block.statements.add(statement);
        }
    }

    private Statement invoke() {
        in.space();
        Token name = in.templateName("template");
        in.space();
        Pipeline argument = null;
        if (in.peek().is(Token.Kind.RIGHT)) {
            in.next();
        } else {
            argument = in.pipeline("template clause", Token.Kind.RIGHT);
        }
        return invocation(name, argument);
    }

    private static Statement invocation(Token name, @Nullable Pipeline argument) {
        String text = GoText.unquote(name.text());
        String shown =
                "{{template "
                        + GoFormat.quote(text)
                        + (argument == null ? "" : " " + argument)
                        + "}}";
        return new Statement.Invoke(
                new Operand.Constant(name.position(), text, shown), text, argument);
    }

    private Statement block() {
        in.space();
        Token name = in.templateName("block clause");
        Pipeline argument = in.pipeline("block clause", Token.Kind.RIGHT);
        body(GoText.unquote(name.text()));
        return invocation(name, argument);
    }

    private Statement define() {
        in.space();
        Token name = in.templateName("define clause");
        in.expectRight("define clause");
        body(GoText.unquote(name.text()));
        return new Statement.Text("");
    }

    private void body(String name) {
        int outer = ranges;
        ranges = 0;
        List<String> variables = in.isolate();
        Statement.Block body = new Statement.Block();
        if (fill(body)) {
            throw in.failure("unexpected {{else}} in define clause");
        }
        in.restore(variables);
        ranges = outer;
        templates.put(name, body);
    }
}
