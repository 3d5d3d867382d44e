package dev.carafe.cli.template;

import java.util.ArrayList;
import java.util.List;

/// Builds pipelines from tokens, and knows the variables in reach.
final class ExpressionParser {
    private final String name;
    private final List<Token> tokens;
    private List<String> variables = new ArrayList<>(List.of("$"));
    private int at;

    ExpressionParser(String name, List<Token> tokens) {
        this.name = name;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    void space() {
        while (peek().is(Token.Kind.SPACE)) {
            next();
        }
    }

    int mark() {
        return variables.size();
    }

    void forget(int mark) {
        while (variables.size() > mark) {
            variables.remove(variables.size() - 1);
        }
    }

    /// Hides all variables; the result goes to {@link #restore}.
    List<String> isolate() {
        List<String> outer = variables;
        variables = new ArrayList<>(List.of("$"));
        return outer;
    }

    void restore(List<String> outer) {
        variables = outer;
    }

    void expectRight(String context) {
        space();
        Token token = next();
        if (!token.is(Token.Kind.RIGHT)) {
            throw unexpected(token, context);
        }
    }

    Token templateName(String context) {
        Token token = next();
        if (!token.is(Token.Kind.STRING)) {
            throw unexpected(token, context);
        }
        return token;
    }

    /// Reads to the token that ends the pipeline, and past it.
    Pipeline pipeline(String context, Token.Kind end) {
        space();
        int position = peek().position();
        List<Operand.Variable> declared = new ArrayList<>();
        boolean assigns = declarations(context, declared);
        List<Command> commands = new ArrayList<>();
        while (true) {
            space();
            Token token = peek();
            if (token.is(end)) {
                next();
                check(context, commands);
                return new Pipeline(position, declared, assigns, commands);
            }
            if (!startsOperand(token)) {
                throw unexpected(next(), context);
            }
            commands.add(command());
        }
    }

    private void check(String context, List<Command> commands) {
        if (commands.isEmpty()) {
            throw failure("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            if (commands.get(i).first() instanceof Operand.Constant
                    || commands.get(i).first() instanceof Operand.Dot) {
                throw failure("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    /// `$x :=`, `$x =`, and in a range `$i, $x :=`.
    ///
    /// @return whether it assigns
    private boolean declarations(String context, List<Operand.Variable> declared) {
        int start = at;
        while (peek().is(Token.Kind.VARIABLE)) {
            Token variable = next();
            space();
            Token mark = peek();
            declared.add(new Operand.Variable(variable.position(), variable.text()));
            if (mark.is(Token.Kind.DECLARE) || mark.is(Token.Kind.ASSIGN)) {
                next();
                boolean assigns = mark.is(Token.Kind.ASSIGN);
                for (Operand.Variable v : declared) {
                    define(v.name, assigns);
                }
                return assigns;
            }
            if (!mark.is(Token.Kind.COMMA) || !context.equals("range") || declared.size() > 1) {
                break;
            }
            next();
            space();
        }
        declared.clear();
        at = start;
        return false;
    }

    private void define(String variable, boolean assigns) {
        if (assigns) {
            known(variable);
        } else {
            variables.add(variable);
        }
    }

    private void known(String variable) {
        if (!variables.contains(variable)) {
            throw failure("undefined variable " + GoFormat.quote(variable));
        }
    }

    private Command command() {
        int position = peek().position();
        List<Operand> words = new ArrayList<>();
        while (true) {
            space();
            Token token = peek();
            if (startsOperand(token)) {
                words.add(operand());
                token = peek();
            }
            if (token.is(Token.Kind.SPACE)) {
                next();
                continue;
            }
            if (token.is(Token.Kind.PIPE)) {
                next();
            } else if (!token.is(Token.Kind.RIGHT) && !token.is(Token.Kind.CLOSE)) {
                throw unexpected(next(), "operand");
            }
            return new Command(position, words);
        }
    }

    private static boolean startsOperand(Token token) {
        return switch (token.kind()) {
            case FIELD, VARIABLE, IDENTIFIER, NUMBER, STRING, CHARACTER, DOT, OPEN -> true;
            case TEXT, LEFT, RIGHT, PIPE, DECLARE, ASSIGN, COMMA, CLOSE, SPACE, OTHER, END -> false;
        };
    }

    private Operand operand() {
        Token start = peek();
        Operand base = start.is(Token.Kind.FIELD) ? new Operand.Dot(start.position()) : term();
        List<String> names = new ArrayList<>();
        int position = start.position();
        while (peek().is(Token.Kind.FIELD)) {
            Token field = next();
            // Go reports a chain at its second field; a variable's or a parenthesis' chain at its
            // first
            if (names.size() == 1 && base instanceof Operand.Dot || names.isEmpty()) {
                position = field.position();
            }
            names.add(field.text().substring(1));
        }
        if (names.isEmpty()) {
            return base;
        }
        if (base instanceof Operand.Constant || start.is(Token.Kind.DOT)) {
            throw failure("unexpected . after term " + GoFormat.quote(base.toString()));
        }
        return new Operand.Fields(position, base, names);
    }

    private Operand term() {
        Token token = next();
        int position = token.position();
        switch (token.kind()) {
            case DOT:
                return new Operand.Dot(position);
            case VARIABLE:
                known(token.text());
                return new Operand.Variable(position, token.text());
            case STRING:
                return new Operand.Constant(position, GoText.unquote(token.text()), token.text());
            case CHARACTER:
                return new Operand.Constant(position, GoText.character(token.text()), token.text());
            case NUMBER:
                return new Operand.Constant(position, number(token), token.text());
            case IDENTIFIER:
                return word(token);
            default:
                Pipeline inner = pipeline("parenthesized pipeline", Token.Kind.CLOSE);
                return inner;
        }
    }

    private Operand word(Token token) {
        switch (token.text()) {
            case "true":
                return new Operand.Constant(token.position(), Boolean.TRUE, "true");
            case "false":
                return new Operand.Constant(token.position(), Boolean.FALSE, "false");
            case "nil":
                return new Operand.Constant(token.position(), null, "nil");
            default:
                if (Lexer.isKeyword(token.text())) {
                    throw unexpected(token, "operand");
                }
                if (!Functions.isKnown(token.text())) {
                    throw failure("function " + GoFormat.quote(token.text()) + " not defined");
                }
                return new Operand.Function(token.position(), token.text());
        }
    }

    private Object number(Token token) {
        Object number = GoText.number(token.text());
        if (number == null) {
            throw failure("illegal number syntax: " + GoFormat.quote(token.text()));
        }
        return number;
    }

    TemplateFailure unexpected(Token token, String context) {
        return failure("unexpected " + token.shown() + " in " + context);
    }

    TemplateFailure failure(String what) {
        Token last = tokens.get(at > 0 ? at - 1 : 0);
        return new TemplateFailure("template: " + name + ":" + last.line() + ": " + what);
    }
}
