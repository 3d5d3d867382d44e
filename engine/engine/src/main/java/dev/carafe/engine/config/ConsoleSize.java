package dev.carafe.engine.config;

/// A terminal's size in characters.
public record ConsoleSize(int rows, int columns) {}
