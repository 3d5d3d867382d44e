package dev.carafe.build.dockerfile;

/// One pair of ENV or LABEL, nothing expanded.
///
/// @param legacy written without an equals sign: `ENV key the rest of the line`
public record KeyValue(String key, String value, boolean legacy) {}
