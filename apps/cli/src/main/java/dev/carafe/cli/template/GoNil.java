package dev.carafe.cli.template;

/// A nil pointer of some type: prints `<nil>`, is false, and has no fields.
public record GoNil(String typeName) {}
