package dev.carafe.cli.template;

/// A template that can't be parsed or executed. The message is Go's sentence, `template: :1:2:
/// executing "" at <.X>: ...`.
public final class TemplateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateFailure(String message) {
        super(message, null, false, false);
    }
}
