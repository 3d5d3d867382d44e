package dev.carafe.build.steps;

/// A step of a build that does something: FROM an image, RUN, COPY, ADD, WORKDIR.
///
/// @param stage counted from 0, as in the file
/// @param number within its stage, from 1
/// @param name as a client shows it: `[build 2/3] RUN make`
/// @param firstLine of the Dockerfile, counted from 1; 0 for none
public record BuildStep(int stage, int number, String name, int firstLine, int lastLine) {}
