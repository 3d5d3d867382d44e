package dev.carafe.build.cache;

/// A step that a build went through, cached or not: what `--cache-to` writes.
///
/// @param stage counted from 0, as in the file
/// @param ofTarget whether it is one of those that the result stands on; caches of mode `min` hold
///   no others
public record UsedStep(int stage, boolean ofTarget, CacheRecord record) {}
