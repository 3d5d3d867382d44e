package dev.carafe.build.solve;

/// A finished stage.
///
/// @param state the image that it made
/// @param arguments for stages that are based on it
record StageResult(State state, BuildArguments arguments) {}
