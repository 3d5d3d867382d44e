package dev.carafe.build.dockerfile;

/// Where an instruction stands.
///
/// @param firstLine counted from 1
/// @param lastLine the last line that belongs to it, with its here-documents
/// @param text the instruction as written, continuations joined, without here-documents
public record Source(int firstLine, int lastLine, String text) {}
